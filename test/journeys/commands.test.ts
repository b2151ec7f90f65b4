import { randomBytes } from 'node:crypto';
import { Type } from 'typebox';
import { describe, expect, it, vi } from 'vitest';
import { parse, run, type Environment } from '../support/program.ts';

const NO_DATABASE: Environment = {
  DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none',
  SECRETS_KEY: randomBytes(32).toString('base64'),
};

const Failure = Type.Object({
  error: Type.Object({ code: Type.String(), detail: Type.String(), advice: Type.String() }),
});
// Each test starts several processes: slow where others use the machine.
vi.setConfig({ testTimeout: 60_000 });

describe('wrong use', () => {
  it.each<[string, string[]]>([
    ['an unknown command', ['sevre']],
    ['no command', []],
    ['an unknown option', ['serve', '--port', '1']],
    ['an argument that lacks', ['import']],
    ['an argument too many', ['migrate', 'now']],
    ['a value that is none', ['serve', '--roles', 'api,cook']],
    ['an address that is none', ['entities', 'list', '--url', 'ftp://127.0.0.1']],
  ])('is told in one line, with exit code 2: %s', async (_, args) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error usage: .+ Read the help: enotum-callbacks --help\.\n$/);
  });

  it.each<[string, string[], Environment, string]>([
    ['a wrong setting', ['serve'], { PORT: 'none' }, 'invalid-setting'],
    [
      'a service that is not there',
      ['deliveries', 'list', '--url', 'http://127.0.0.1:9'],
      {},
      'service-unreachable',
    ],
    [
      'a setting whose file is not there',
      ['serve'],
      { SIGNING_CERTIFICATE: '/nowhere.pem', SIGNING_KEY: '/nowhere.pem' },
      'invalid-setting',
    ],
    ['a file that is not there', ['import', '/nowhere.ndjson'], {}, 'file-unreadable'],
    ['a database that is not there', ['migrate'], NO_DATABASE, 'database-unreachable'],
  ])('a failure is told in one line, with exit code 1: %s', async (_, args, env, expected) => {
    const plain = await run(args, env);
    expect(plain.code).toBe(1);
    expect(plain.stderr).toMatch(new RegExp(`^error ${expected}: .+\\n$`));
    const json = await run([...args, '--json'], env);
    expect(json.code).toBe(1);
    expect(parse(Failure, json.stderr).error.code).toBe(expected);
  });
});

it('explains each command with examples', async () => {
  const all = await run(['--help']);
  expect(all.code).toBe(0);
  for (const name of [
    'serve',
    'migrate',
    'import',
    'entities',
    'notifications',
    'deliveries',
    'endpoints',
    'events',
    'keys',
    'receive',
    'check',
    'demo',
  ]) {
    expect(all.stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    const one = await run([name, '--help']);
    expect(one).toMatchObject({ code: 0, stderr: '' });
    expect(one.stdout).toContain('Example');
  }
});
