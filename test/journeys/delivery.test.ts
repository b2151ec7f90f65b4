import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { change, configuration } from '../support/changes.ts';
import { startTestService, type TestService } from '../support/service.ts';

let t: TestService;
const server = createServer((req, res) => {
  req.resume().on('end', () => {
    res.setHeader('content-type', 'text/xml; charset=utf-8');
    res.end(
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><o:clientRequestwithReturnResponse xmlns:o="http://www.openuri.org/"><n:RespostaReport xmlns:n="http://www.aocat.net/NT/v4.0"/></o:clientRequestwithReturnResponse></s:Body></s:Envelope>',
    );
  });
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t = await startTestService();
});
afterAll(async () => {
  await t.close();
  server.close();
});

it('delivers', async () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const put = await t.call('PUT', '/v1/entities/9900000001/1', configuration(`http://127.0.0.1:${port}/r`));
  console.log(put);
  const answer = await t.submit([
    change({ state: 'REGISTRADA' }),
    change({ minute: 1 }),
    change({ minute: 5, state: 'ACCEPTADA' }),
  ]);
  console.log(JSON.stringify(answer));
  await t.attemptedTimes(2, () => true);
  console.log(t.attempts);
  console.log(JSON.stringify(await t.call('GET', '/v1/communications'), null, 1));
  expect(1).toBe(1);
});
