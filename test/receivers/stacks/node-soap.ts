import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import soap from 'soap';
import { FAULT_TEXT, PROVING_ELEMENTS, REFUSAL_TEXT, type Stack } from '../stack.ts';

const WSDL = fileURLToPath(new URL('../../../schemas/recepcio-reports-4.0.wsdl', import.meta.url));

/** The package `soap` of npm, made from our WSDL. Its Faults are those of SOAP 1.2, with status 200. */
export const nodeSoap: Stack = {
  name: 'npm soap',
  needs: 'nothing',
  available: true,
  takes: ({ wrapper }) => wrapper,
  async start() {
    const server = createServer((_, response) => response.writeHead(404).end());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the receiver has no port');
    await new Promise<void>((resolve, reject) => {
      soap.listen(server, {
        path: '/reports',
        services: { RecepcioReportsService: { RecepcioReportsPort: { clientRequestwithReturn: take } } },
        xml: readFileSync(WSDL, 'utf8'),
        uri: WSDL,
        callback: (error: unknown) => (error instanceof Error ? reject(error) : resolve()),
      });
    });
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

/** The operation: what it is given is the request as `soap` reads it, element by element. */
function take(
  request: unknown,
  _callback: unknown,
  _headers: unknown,
  _request: unknown,
  response: unknown,
): unknown {
  const texts = textsOf(request);
  if (response instanceof ServerResponse) {
    response.setHeader('X-Received', encodeURIComponent(texts.map(([, text]) => text).join('\n')));
  }
  const reference = texts.find(([name]) => name === 'Referencia')?.[1] ?? '';
  switch (reference) {
    case 'REFUSE':
      return { RespostaReport: { Error: REFUSAL_TEXT } };
    case 'EMPTY':
      return { RespostaReport: { Error: '' } };
    case 'FAULT':
      throw Object.assign(new Error(FAULT_TEXT), {
        Fault: { Code: { Value: 'soap:Receiver' }, Reason: { Text: FAULT_TEXT } },
      });
    case 'CRASH':
      throw new Error('not caught');
    default:
      return { RespostaReport: {} };
  }
}

/** The proving elements of an object that stands for an element: [name, text], in the document's order. */
function textsOf(value: unknown): (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) => {
    if (!PROVING_ELEMENTS.includes(name)) return textsOf(member);
    return [[name, String(member)] as const];
  });
}
