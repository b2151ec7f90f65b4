import { describe, expect, it, vi } from 'vitest';
import { change } from '../support/changes.ts';
import { fresh, sharedJourney } from '../support/journey.ts';
import { run, type Ended } from '../support/program.ts';

const journey = sharedJourney();

// Each test starts several processes: slow where others use the machine.
vi.setConfig({ testTimeout: 120_000 });

async function cli(args: readonly string[]): Promise<Ended> {
  const { url, settings } = journey.t;
  return run([...args, '--url', url], { ADMIN_KEY: settings.adminKey ?? '' });
}

describe('from the terminal, an operator', () => {
  it('pauses and resumes an entity', async () => {
    const reason = 'Manteniment fins a les 14';
    const paused = await cli(['entities', 'pause', '9900000001', '1', '--reason', reason]);
    expect(paused).toMatchObject({ code: 0, stderr: '' });
    expect(paused.stdout).toMatch(/^Paused\.\n/);
    expect(paused.stdout).toMatch(
      /callbacks +paused\npaused since +\d{4}-.+\nreason +Manteniment fins a les 14\n/,
    );
    expect((await cli(['entities', 'list'])).stdout).toMatch(/Secretaria +paused /);
    const resumed = await cli(['entities', 'resume', '9900000001', '1', '--json']);
    expect(JSON.parse(resumed.stdout)).toMatchObject({ organisation: '9900000001', paused: null });
    expect((await cli(['entities', 'pause', '9900000001', '2'])).stderr).toMatch(
      /^error request-refused: not-found: /,
    );
  });

  it('shows what would be sent', async () => {
    const notification = fresh();
    await journey.t.deliver(change({ notification }));
    const preview = ['notifications', 'preview', notification];
    const shown = await cli(preview);
    expect(shown.stdout).toMatch(
      /^POST http:.+\nHost +127\.0\.0\.1:\d+\nContent-Type +text\/xml; charset=utf-8\n/,
    );
    const body = await cli([...preview, '--state', 'DIPOSITADA', '--body']);
    expect(body.stdout).toMatch(/^<\?xml .+<\/soapenv:Envelope>\n$/);
    expect(shown.stdout).toMatch(/\n\n<\?xml .+>\n<soapenv:Envelope .+>\n  <soapenv:Body>\n/);
    const json = await cli([...preview, '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ state: 'DIPOSITADA', pinned: true, validates: true });
    expect((await cli([...preview, '--state', 'EXPIRADA'])).stderr).toMatch(/: state-not-reached: /);
  });

  it('tests an entity’s connection, phase by phase, and ends with whether it was acknowledged', async () => {
    const good = await cli(['entities', 'test', '9900000001', '1']);
    expect(good).toMatchObject({ code: 0, stderr: '' });
    expect(good.stdout).toMatch(
      /\n {2}connexió \(TCP\) +\d+\.\d ms\n {2}primer byte +\d+\.\d ms\n {2}total /,
    );
    expect(good.stdout).toMatch(/\n✓ confirmat {2}HTTP 200\n/);
    expect(good.stdout).toMatch(/\nRESPOSTA {2}HTTP 200\n/);

    await journey.t.configure('http://127.0.0.1:9/', {}, { organisation: '9900000001', department: '9' });
    const bad = await cli([
      'entities',
      'test',
      '9900000001',
      '9',
      '--lang',
      'es',
      '--back-office',
      'GESTEXP',
    ]);
    expect(bad).toMatchObject({ code: 1, stderr: '' });
    expect(bad.stdout).toMatch(
      /\n✗ inalcanzable {2}connect-refused\nEn esta dirección no escucha nada: .+\n/,
    );
    const json = await cli(['entities', 'test', '9900000001', '9', '--json']);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      outcome: 'unreachable',
      advice: { ca: expect.any(String) },
    });
    const none = await cli(['entities', 'test', '9900000001', '7']);
    expect(none).toMatchObject({ code: 1, stdout: '' });
    expect(none.stderr).toMatch(/^error request-refused: not-found: /);
  });
});
