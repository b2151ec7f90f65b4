import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { launchChromium } from '../test/support/chromium.ts';
import { timeCalls, type CallTimes, type Sent } from './console-calls.ts';
import { fill, type Scale } from './console-fill.ts';
import { timePages, type PageTimes } from './console-pages.ts';
import { entity } from './parts/changes.ts';
import type { Stage, Subject } from './stage.ts';

/** How fast the console is, and the calls behind it. */
export interface ConsoleResult extends Scale {
  readonly pages: readonly PageTimes[];
  readonly calls: readonly CallTimes[];
  /** Of the medians of pages, and of the calls' p95, the longest. */
  readonly slowestPageMs: number;
  readonly slowestCallP95Ms: number;
}

/** Looks at the console of a service that has worked for weeks. */
export async function consolePages(
  stage: Stage,
  scale: Scale,
  tell: (text: string) => void,
): Promise<ConsoleResult> {
  tell(`writing ${scale.deliveries} deliveries of ${scale.entities} entities`);
  const subject = await stage.subject(async (url) => fill(url, scale, tell));
  const sent = await send(stage, subject);
  const chromium = await launchChromium();
  try {
    const pages = await timePages(chromium.browser, subject, sent);
    for (const { page, coldMs, warmMs } of pages) tell(`${coldMs} ms cold, ${warmMs} ms warm: ${page}`);
    const calls = await timeCalls(subject, sent);
    return {
      ...scale,
      pages,
      calls,
      slowestPageMs: Math.max(...pages.flatMap(({ coldMs, warmMs }) => [coldMs, warmMs])),
      slowestCallP95Ms: Math.max(...calls.map(({ p95Ms }) => p95Ms)),
    };
  } finally {
    await chromium.close();
  }
}

const Taken = Type.Object({ results: Type.Array(Type.Object({ deliveryId: Type.String() })) });
const Delivered = Type.Object({ attemptList: Type.Array(Type.Object({ id: Type.String() })) });
const NOTIFICATION = '800000000001';

/** Has the service send a delivery to a receiver that is there, so that everything belongs to it. */
async function send(stage: Stage, subject: Subject): Promise<Sent> {
  const { organisation, department } = entity(0);
  const configuration = {
    organisationName: 'Ajuntament de Vila Inventada 1',
    departmentName: 'Tresoreria',
    endpoint: { url: `http://127.0.0.1:${stage.ports[0]}/reports` },
  };
  await subject.call('PUT', `/v1/entities/${organisation}/${department}`, JSON.stringify(configuration));
  const change = {
    id: 'bench-console',
    occurredAt: new Date().toISOString(),
    state: 'DIPOSITADA',
    notification: {
      id: NOTIFICATION,
      kind: 'NOTIFICACIO',
      origin: 'INTEGRACIO',
      reference: 'EXP-2026/BENCH',
      entity: { organisation, department },
    },
  };
  const { results } = Value.Parse(
    Taken,
    await subject.call('POST', '/v1/state-changes', JSON.stringify(change)),
  );
  await subject.acknowledged(1);
  const delivery = results[0]?.deliveryId ?? '';
  const { attemptList } = Value.Parse(Delivered, await subject.call('GET', `/v1/deliveries/${delivery}`));
  return { delivery, communication: attemptList[0]?.id ?? '', notification: NOTIFICATION };
}
