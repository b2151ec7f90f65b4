import { text } from 'node:stream/consumers';
import { Type } from 'typebox';
import { expect, it, vi } from 'vitest';
import { ENTITY } from '../support/changes.ts';
import { fresh, journeyTest, sorted } from '../support/journey.ts';
import { parse, run, Running, type Environment } from '../support/program.ts';
import { insertDelivery, insertEntity } from '../support/rows.ts';
import { until } from '../support/watch.ts';

const { started, closing } = journeyTest();

// Each test starts several processes: slow where others use the machine.
vi.setConfig({ testTimeout: 120_000 });

const Preview = Type.Object({ total: Type.Integer(), resendable: Type.Integer() });
const Job = Type.Object({
  id: Type.String(),
  status: Type.String(),
  resent: Type.Integer(),
  pace: Type.Integer(),
  reason: Type.Union([Type.String(), Type.Null()]),
});
const Item = Type.Object({ result: Type.String(), reason: Type.Union([Type.String(), Type.Null()]) });

it('count, send again, follow and steer: what the API does, in the reader’s language', async () => {
  const t = await started({ roles: ['api', 'scheduler'] });
  const { db } = t.database;
  await insertEntity(db);
  for (let n = 0; n < 3; n += 1) await insertDelivery(db, { notification: fresh(), status: 'exhausted' });
  await insertDelivery(db, { notification: fresh(), status: 'retrying' });
  const env: Environment = { ADMIN_KEY: t.settings.adminKey ?? '' };
  const service = ['--url', t.url];
  const filter = ['--organisation', ENTITY.organisation];
  const resend = ['deliveries', 'resend', ...service];

  const counted = await run([...resend, ...filter, '--dry-run'], env);
  expect(counted).toEqual({
    code: 0,
    stderr: '',
    stdout:
      'Enviaments per tornar a enviar: 3, a 1.000 per minut com a màxim (≈ 1 min).\n' +
      'Que no es tornaran a enviar: 1\n  1  encara no ha acabat\n',
  });
  const asJson = await run([...resend, ...filter, '--dry-run', '--json'], env);
  expect(parse(Preview, asJson.stdout)).toEqual(expect.objectContaining({ total: 4, resendable: 3 }));
  expect((await t.call('GET', '/v1/resends')).body.items).toEqual([]);

  // So slow that the second delivery would come after a minute.
  const following = new Running(
    [...resend, ...filter, '--pace', '1', '--reason', 'Prova', '--lang', 'en'],
    env,
  );
  closing(async () => void (await following.end('SIGKILL')));
  const told = following.child.stderr === null ? Promise.resolve('') : text(following.child.stderr);
  const begun = await following.line('Job ');
  const id = begun.replace('Job ', '');
  await until(async () => ((await t.call('GET', `/v1/resends/${id}`)).body.resent === 1 ? true : null));
  expect(await following.end('SIGINT')).toBe(130);
  expect(await told).toContain(`enotum-callbacks resends cancel ${id}`);
  expect((await t.call('GET', `/v1/resends/${id}`)).body).toMatchObject({
    status: 'running',
    reason: 'Prova',
  });

  const paused = await run(['resends', 'pause', id, ...service, '--lang', 'es'], env);
  expect(paused.stdout).toMatch(/^situación +detenido$/m);
  const cancelled = await run(['resends', 'cancel', id, ...service, '--json'], env);
  expect(parse(Job, cancelled.stdout)).toMatchObject({ id, status: 'cancelled', resent: 1, pace: 1 });

  const whole = await run([...resend, ...filter, '--pace', '10000', '--json'], env);
  expect(whole).toMatchObject({ code: 0, stderr: '' });
  const job = parse(Job, whole.stdout);
  expect(job).toMatchObject({ status: 'done', resent: 2 });
  const items = await run(['resends', 'items', job.id, ...service, '--result', 'skipped', '--json'], env);
  const skipped = items.stdout
    .trim()
    .split('\n')
    .map((line) => parse(Item, line).reason);
  expect(sorted(skipped)).toEqual(['resend-unfinished', 'unfinished', 'unfinished']);
  const list = await run(['resends', 'list', ...service], env);
  expect(list.stdout.split('\n').map((line) => line.split(/ {2,}/).slice(1, 4).join(' '))).toEqual([
    'ID SITUACIÓ TOTAL',
    `${job.id} acabat 5`,
    `${id} cancel·lat 4`,
    '',
  ]);

  for (const args of [[], [job.id, '--from', '2026-11-24T00:00:00Z']]) {
    expect(await run([...resend, ...args], env)).toMatchObject({ code: 2, stdout: '' });
  }
});
