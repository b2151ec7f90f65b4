import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { FAULT_TEXT, PROVING_ELEMENTS, REFUSAL_TEXT, type Stack } from '../stack.ts';

const TEXTS = new RegExp(`<(${PROVING_ELEMENTS.join('|')})(?: [^>]*)?>([^<]*)</\\1>`, 'g');
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Node alone, with expressions for a parser and strings for a writer, as many first receivers are. */
export const nodePlain: Stack = {
  name: 'Node, strings and regular expressions',
  needs: 'nothing',
  available: true,
  takes: () => true,
  async start() {
    const server = createServer((request, response) => {
      serve(request, response).catch(() => response.destroy());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the receiver has no port');
    return {
      url: `http://127.0.0.1:${address.port}/reports`,
      async close() {
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
      },
    };
  },
};

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const xml = Buffer.concat(chunks).toString('utf8');
  const soap = /xmlns:soapenv="([^"]*)"/.exec(xml)?.[1] ?? '';
  const texts = Array.from(xml.matchAll(TEXTS), ([, , text = '']) =>
    text.replace(/&(\w+);/g, (_, entity: string) => ENTITIES[entity] ?? ''),
  );
  response.setHeader('X-Received', encodeURIComponent(texts.join('\n')));
  const reference = /<Referencia>([^<]*)/.exec(xml)?.[1];
  if (reference === 'CRASH') throw new Error('not caught');
  const fault = reference === 'FAULT';
  response.writeHead(fault ? 500 : 200, { 'Content-Type': 'text/xml; charset=utf-8' });
  response.end(
    `<s:Envelope xmlns:s="${soap}"><s:Body>${fault ? FAULT : answer(reference, xml)}</s:Body></s:Envelope>`,
  );
}

const FAULT = `<s:Fault><faultcode>s:Server</faultcode><faultstring>${FAULT_TEXT}</faultstring></s:Fault>`;

function answer(reference: string | undefined, request: string): string {
  const text = REFUSAL_TEXT.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const error = reference === 'REFUSE' ? `<Error>${text}</Error>` : reference === 'EMPTY' ? '<Error/>' : '';
  const response = `<RespostaReport xmlns="http://www.aocat.net/NT/v4.0">${error}</RespostaReport>`;
  return request.includes('<clientRequestwithReturn')
    ? `<clientRequestwithReturnResponse xmlns="http://www.openuri.org/">${response}</clientRequestwithReturnResponse>`
    : response;
}
