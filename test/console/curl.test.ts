import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { curlCommand } from '../../src/console/pages/delivery/curl.ts';

const run = promisify(execFile);

describe('a request as a command of curl', () => {
  it('has its address, its headers and its body, but for what curl makes itself', () => {
    const headers = { 'Content-Type': 'text/xml', 'Content-Length': '4', Authorization: 'Bearer ***' };
    expect(curlCommand('https://a.example/r', headers, '<a/>')).toBe(
      `curl --request POST 'https://a.example/r' \\
  --header 'Content-Type: text/xml' \\
  --header 'Authorization: Bearer ***' \\
  --data-raw '<a/>'`,
    );
  });

  it('has nothing in it that a shell would read', async () => {
    const texts = [`https://a.example/?a=1&b='$(id)'`, "it’s 'quoted' `id` $HOME\n\"\\", "'"];
    const [url = '', value = '', body = ''] = texts;
    const command = curlCommand(url, { 'X-A': value }, body).replace(/^curl/, String.raw`printf '%s\0'`);
    const { stdout } = await run('sh', ['-c', command]);
    expect(stdout.split('\0').slice(0, -1)).toEqual([
      '--request',
      'POST',
      url,
      '--header',
      `X-A: ${value}`,
      '--data-raw',
      body,
    ]);
  });
});
