import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CASE_IDS } from '../../src/delivery/probe/check/cases.ts';
import { startReceiver, type Receiver } from '../../src/receiver/receiver.ts';
import { change } from '../support/changes.ts';
import { fresh, sharedJourney } from '../support/journey.ts';
import { acknowledge, httpStatus, refuse } from '../support/receiver.ts';
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

  it('sends at once what waits for a retry, once it is mended', async () => {
    const entity = { organisation: '9900000001', department: '8' };
    const retry = ['entities', 'retry', '9900000001', '8'];
    journey.receiver.reply = refuse('No');
    await journey.t.configure(journey.receiver.url, { retryDelays: ['1h'] }, entity);
    const id = await journey.t.deliver(change({ notification: fresh(), entity }));
    await journey.t.attempted(({ delivery }) => delivery === id);
    journey.receiver.reply = acknowledge;
    const none = await cli([...retry, '--back-office', 'GEST', '--json']);
    expect(none).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(none.stdout)).toEqual({ broughtForward: 0, notBefore: 0, probes: 0 });
    expect(await cli(retry)).toMatchObject({ code: 0, stdout: '1 delivery goes out now.\n', stderr: '' });
    expect(await journey.t.finished(id)).toMatchObject({ status: 'acknowledged', attempt: 2 });
    expect((await cli(retry)).stdout).toBe('Nothing waits for a retry that could go out now.\n');
    expect((await cli(['entities', 'retry', '9900000001', '2'])).stderr).toMatch(
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

describe('from the terminal, an integrator', () => {
  let good: Receiver;
  let refusing: Receiver;
  beforeAll(async () => {
    good = await startReceiver();
    refusing = await startReceiver({
      behave: (report) => (report.items[0]?.signer ? 'acknowledge' : 'refuse'),
    });
  });
  afterAll(async () => {
    await good.close();
    await refusing.close();
  });

  it('checks a web service, and has exit code 0 only if every case passed', async () => {
    const passed = await run(['check', good.url]);
    expect(passed).toMatchObject({ code: 0, stderr: '' });
    expect(passed.stdout).toContain(`\n${CASE_IDS.length} de ${CASE_IDS.length} casos superats`);
    expect(passed.stdout.match(/^✓ .+ \d+ ms$/gm)).toHaveLength(CASE_IDS.length);

    const failed = await run(['check', refusing.url, '--lang', 'en', '--messages']);
    expect(failed).toMatchObject({ code: 1, stderr: '' });
    expect(failed.stdout).toMatch(
      /\n✗ ACCEPTADA without DadesSignador +\d+ ms {2}refused {2}error-element\n/,
    );
    expect(failed.stdout).toContain('“El receptor rebutja el report (prova)”');
    expect(failed.stdout).toMatch(/\n {4}sent:\n {4}Host +127\.0\.0\.1:\d+\n/);
    expect(failed.stdout).toMatch(/\n {4}answered:\n(?: {4}.+\n)+ +<Error>El receptor/);
  });

  it('gets one JSON object a line, with the messages of what failed', async () => {
    const { code, stdout } = await run([
      'check',
      refusing.url,
      '--json',
      '--no-wrapper',
      '--soap-version',
      '1.2',
    ]);
    expect(code).toBe(1);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines).toHaveLength(CASE_IDS.length + 1);
    expect(lines[0]).toMatchObject({
      event: 'case',
      case: 'deposited',
      status: 'failed',
      outcome: 'refused',
      mend: { ca: expect.any(String) },
      request: { headers: { 'Content-Type': expect.stringContaining('application/soap+xml') } },
      response: { body: expect.stringContaining('<Error>') },
    });
    expect(lines[1]).toMatchObject({ case: 'accepted', status: 'passed', mend: null });
    expect(lines[1]).not.toHaveProperty('request');
    const { passed, failed } = Object(lines.at(-1));
    expect(lines.at(-1)).toMatchObject({ event: 'summary', skipped: 0 });
    expect([passed + failed, passed > 0, failed > 0]).toEqual([CASE_IDS.length, true, true]);
  });

  it('gives credentials and codes that a web service asks for, without showing any', async () => {
    const { receiver } = journey;
    receiver.reply = (request, response) => {
      const isKnown = request.headers.authorization === `Basic ${btoa('usuari:contrasenya')}`;
      const isOwn = request.report.includes('<CodiOrganisme>9900000077</CodiOrganisme>');
      (isKnown && isOwn ? acknowledge : httpStatus(403))(request, response);
    };
    const args = ['check', receiver.url, '--organisation', '9900000077', '--json'];
    const known = await run([...args, '--basic', 'env:SECRET'], { SECRET: 'usuari:contrasenya' });
    expect(known.code).toBe(0);
    const stranger = await run([...args, '--basic', 'env:SECRET'], { SECRET: 'usuari:altra-cosa' });
    expect(stranger.code).toBe(1);
    expect(stranger.stdout).toContain('"skipped":26');
    expect(stranger.stdout).not.toMatch(new RegExp(`altra-cosa|${btoa('usuari:altra-cosa')}`));
  });

  it.each([
    ['check', 'ftp://example/'],
    ['check', 'http://user@127.0.0.1/'],
    ['check', 'http://127.0.0.1/', '--timeout', '0s'],
    ['check', 'http://127.0.0.1/', '--soap-version', '2'],
    ['check', 'http://127.0.0.1/', '--basic', 'usuari:contrasenya'],
    ['check', 'http://127.0.0.1/', '--soap-action', 'a"b'],
  ])('is told what is wrong with the command: %j', async (...args) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toContain('contrasenya');
  });
});
