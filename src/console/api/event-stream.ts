/** One event of a stream of server-sent events. */
export interface StreamEvent {
  /** The last id that the stream gave; null before the first. */
  readonly id: string | null;
  readonly name: string;
  /** Empty for a block that gives an id alone. */
  readonly data: string;
}

/**
 * Reads server-sent events (WHATWG HTML, 9.2.6) of an answer: EventSource says neither why it was refused nor lets a
 * request say that nobody is at the page.
 *
 * @throws what the stream fails with
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let id: string | null = null;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += decoder.decode(value, { stream: true });
      const blocks = text.split(/\r?\n\r?\n/);
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = readBlock(block, id);
        id = event.id;
        yield event;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function readBlock(block: string, before: string | null): StreamEvent {
  let id = before;
  let name = 'message';
  const data: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
    if (field === 'id') id = value;
    if (field === 'event') name = value;
    if (field === 'data') data.push(value);
  }
  return { id, name, data: data.join('\n') };
}
