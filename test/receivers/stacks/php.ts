import { fileURLToPath } from 'node:url';
import { freePort } from '../../../src/embedded/server-process.ts';
import { runs, startProgram } from '../child.ts';
import type { Stack } from '../stack.ts';

const SCRIPT = fileURLToPath(new URL('php/receptor.php', import.meta.url));

/** PHP's own SOAP extension, made from our WSDL, on its built-in web server. */
export const php: Stack = {
  name: 'PHP ext-soap',
  needs: 'php with the extension soap',
  available: runs('php', ['-r', "exit(class_exists('SoapServer') ? 0 : 1);"]),
  takes: ({ wrapper }) => wrapper,
  async start() {
    // The built-in server does not say which port it took.
    const listen = `127.0.0.1:${await freePort()}`;
    return startProgram('php', ['-S', listen, SCRIPT], /\(http:\/\/127\.0\.0\.1:(\d+)\) started/);
  },
};
