import { describe, expect, it } from 'vitest';
import { readEvents } from './event-stream.ts';

function streamOf(...pieces: readonly string[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(encoder.encode(piece));
      controller.close();
    },
  });
}

async function eventsOf(...pieces: readonly string[]) {
  const events = [];
  for await (const event of readEvents(streamOf(...pieces))) events.push(event);
  return events;
}

describe('server-sent events', () => {
  it('are read however they are cut into pieces', async () => {
    expect(await eventsOf('id: 7\nevent: cha', 'nge\ndata: {"a"', ':1}\n', '\ndata: b\n\n')).toEqual([
      { id: '7', name: 'change', data: '{"a":1}' },
      { id: '7', name: 'message', data: 'b' },
    ]);
  });

  it('keep letters whole that are cut between two pieces', async () => {
    const bytes = new TextEncoder().encode('data: però\n\n');
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes.slice(0, 10));
        controller.enqueue(bytes.slice(10));
        controller.close();
      },
    });
    for await (const event of readEvents(stream)) expect(event.data).toBe('però');
  });

  it('have no name and no data of comments, and leave out what is not ended', async () => {
    expect(await eventsOf(': \n\n', 'data: cut')).toEqual([{ id: null, name: 'message', data: '' }]);
  });
});
