import { beforeAll, expect } from 'vitest';
import type { Report } from '../../src/domain/report.ts';
import { NT_40 } from '../../src/soap/namespaces.ts';
import { readReport40 } from '../../src/soap/read-report-40.ts';
import { readXml, type XmlElement } from '../../src/soap/read-xml.ts';
import {
  bodyError,
  officialExists,
  officialRecoverContract,
  ourRecoverContract,
} from '../contracts/schema.ts';
import { change, ENTITY } from './changes.ts';
import { sharedJourney, type SharedJourney } from './journey.ts';
import { makeKey } from './keys.ts';
import { recoverMessage, recoverRequest } from './recover.ts';

/** An entity besides that of test/support/changes.ts. */
export const OTHER = { organisation: '9900000002', department: '7' };

/** Where the pull operation is served. */
export const PATH = '/soap/reports/4.0';

/** What a pull was answered. */
export interface Pulled {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Null where there is none, or of a day that readers of reports do not know. */
  readonly report: Report | null;
  readonly error: string | null;
}

/** One service for all tests of a file, asked by the pull operation. */
export interface RecoverJourney {
  readonly journey: SharedJourney;
  /** Keys: of the entity, of both entities, and of an operator. */
  readonly keys: { readonly own: string; readonly both: string; readonly operator: string };
  /** Sends a message to the pull operation; what it answers must be the contract's. */
  readonly send: (message: string, headers: Record<string, string>) => Promise<Pulled>;
  /** Pulls what is asked for, with the entity's key unless another is given. */
  readonly pull: (asked: Parameters<typeof recoverRequest>[0], key?: string) => Promise<Pulled>;
  /** Changes of a notification at instants, of which no callbacks need be awaited. */
  readonly live: (
    notification: string,
    ...states: readonly (readonly [state: string, at: string, more?: object])[]
  ) => Promise<void>;
}

/** Sets up one test file. */
export function recoverJourney(): RecoverJourney {
  const journey = sharedJourney();
  const contracts = [ourRecoverContract(), ...(officialExists ? [officialRecoverContract()] : [])];
  const keys = { own: '', both: '', operator: '' };
  beforeAll(async () => {
    const { db } = journey.t.database;
    keys.own = (await makeKey(db, 'integrator', { entities: [ENTITY] })).text;
    keys.both = (await makeKey(db, 'integrator', { entities: [ENTITY, OTHER] })).text;
    keys.operator = (await makeKey(db, 'operator')).text;
    await journey.t.configure('http://127.0.0.1:1/other', { online: false }, OTHER);
  });

  const send: RecoverJourney['send'] = async (message, headers) => {
    const response = await fetch(journey.t.url + PATH, {
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8', ...headers },
      body: message,
    });
    const text = await response.text();
    const read = readXml(Buffer.from(text), response.headers.get('content-type'));
    if (!('root' in read)) throw new Error(`no XML: ${text}`);
    if (text.includes('RespostaRecuperarReport')) {
      for (const { answers } of contracts) expect(bodyError(answers, text)).toBeNull();
    }
    const report = find(read.root, 'Report');
    return {
      status: response.status,
      headers: response.headers,
      text,
      report: report === null || /DataInforme>(?:-|\d{5})/.test(text) ? null : readReport40(report),
      error: find(read.root, 'CodiError')?.text ?? null,
    };
  };

  return {
    journey,
    keys,
    send,
    pull: async (asked, key = keys.own) =>
      send(recoverMessage(recoverRequest(asked)), { authorization: `Bearer ${key}` }),
    async live(notification, ...states) {
      await journey.t.take(
        ...states.map(([state, occurredAt, more = {}]) => ({
          ...change({ notification, state }),
          occurredAt,
          ...more,
        })),
      );
    },
  };
}

function find(element: XmlElement, name: string): XmlElement | null {
  if (element.name === name && element.namespace === NT_40) return element;
  for (const child of element.children) {
    const found = find(child, name);
    if (found !== null) return found;
  }
  return null;
}
