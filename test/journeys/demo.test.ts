import { readdir, rm } from 'node:fs/promises';
import { Type } from 'typebox';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { parse, run, Running } from '../support/program.ts';
import { openFolder } from '../support/folder.ts';

const Summary = Type.Object({
  event: Type.Literal('summary'),
  deliveries: Type.Integer(),
  acknowledged: Type.Integer(),
  attempts: Type.Integer(),
  exhausted: Type.Integer(),
});
const Ready = Type.Object({ api: Type.String(), adminKey: Type.String() });
// Each test starts several processes: slow where others use the machine.
vi.setConfig({ testTimeout: 60_000 });

describe('the demo', () => {
  it('shows callbacks as they happen, ends with a summary, and leaves nothing', async () => {
    const TMPDIR = await ownFolder();
    const { code, stdout, stderr } = await run(['demo', '--exit', '--json'], { TMPDIR });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    const summary = parse(Summary, lines.at(-1));
    expect(summary).toMatchObject({ acknowledged: summary.deliveries, exhausted: 0 });
    expect(summary.deliveries).toBeGreaterThan(0);
    expect(summary.attempts).toBeGreaterThan(summary.deliveries);
    const attempts = lines.filter((line) => line.startsWith('{"event":"attempt"'));
    expect(attempts).toHaveLength(summary.attempts);
    expect(lines[2]).toMatch(/^\{"event":"sign-in","url":"http:\/\/127\.0\.0\.1:\d+\/enter#[\w-]{32}"\}$/);
    expect(await readdir(TMPDIR)).toEqual([]);
  }, 60_000);

  it('goes on in the console: one integrator fails, one is slow, one is paused', async () => {
    const demo = new Running(['demo', '--json'], { TMPDIR: await ownFolder() });
    onTestFinished(async () => {
      await demo.end('SIGKILL');
    });
    const { api, adminKey } = parse(Ready, await demo.line('"event":"ready"'));
    const of = async (organisation: string): Promise<unknown> => {
      const headers = { authorization: `Bearer ${adminKey}` };
      const answer = await fetch(`${api}/v1/deliveries?organisation=${organisation}`, { headers });
      const { items }: { items?: unknown[] } = Object(await answer.json());
      return items?.[0];
    };
    const patience = { timeout: 20_000 };
    await expect.poll(async () => of('9900000003'), patience).toMatchObject({ lastOutcome: 'faulted' });
    await expect.poll(async () => of('9900000004'), patience).toMatchObject({ status: 'acknowledged' });
    await expect.poll(async () => of('9900000005'), patience).toMatchObject({ waitingFor: 'paused' });
    // The terminal tells of its own course, and of what its reader tries.
    expect(demo.lines.filter((line) => line.includes('900001'))).toEqual([]);
    expect(await demo.end('SIGINT')).toBe(0);
  }, 60_000);

  it.each<NodeJS.Signals>(['SIGINT', 'SIGTERM'])(
    'leaves nothing when %s stops it',
    async (signal) => {
      const TMPDIR = await ownFolder();
      const demo = new Running(['demo'], { TMPDIR });
      onTestFinished(async () => {
        await demo.end('SIGKILL');
      });
      await demo.line('DIPOSITADA');
      expect(await demo.end(signal)).toBe(0);
      expect(await readdir(TMPDIR)).toEqual([]);
    },
    60_000,
  );
});

/** The same, of one test alone. */
async function ownFolder(): Promise<string> {
  const folder = await openFolder();
  onTestFinished(async () => rm(folder, { recursive: true, force: true }));
  return folder;
}
