import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { Pool } from 'undici';
import { newChange } from './changes.ts';
import { answerCalls, monotonicMs } from './channel.ts';
import { noAnswers, type Answers } from './offer.ts';
import { pace } from './pace.ts';

/**
 * Callers of the API that send at a pace of their own, whatever the answers take, and never heed Retry-After: the
 * worst that callers can do.
 */

const Offer = Compile(
  Type.Object({
    url: Type.String(),
    key: Type.String(),
    /** Changes of one request, as NDJSON where there are several. */
    batch: Type.Integer({ minimum: 1 }),
    /** Requests, and how many a second. */
    requests: Type.Integer({ minimum: 1 }),
    perSecond: Type.Number({ exclusiveMinimum: 0 }),
    /** Entities that take turns. */
    entities: Type.Integer({ minimum: 1 }),
    /** The number of the first notification. */
    from: Type.Integer(),
    /** Connections, and so requests that may be under way: what comes due beyond them is not sent. */
    connections: Type.Integer({ minimum: 1 }),
  }),
);

const Accepted = Compile(Type.Object({ results: Type.Array(Type.Object({ deliveryId: Type.String() })) }));
const Problem = Compile(Type.Object({ code: Type.String() }));

let answers: Answers = noAnswers();
let pool: Pool | null = null;

async function send(to: Pool, key: string, body: string, type: string, places: number[]): Promise<void> {
  const from = monotonicMs();
  try {
    const {
      statusCode,
      headers,
      body: answer,
    } = await to.request({
      method: 'POST',
      path: '/v1/state-changes',
      headers: { authorization: `Bearer ${key}`, 'content-type': type },
      body,
    });
    const text = await answer.text();
    const at = monotonicMs();
    if (statusCode === 202) {
      answers.acceptedMs.push(at - from);
      for (const { deliveryId } of Accepted.Parse(JSON.parse(text)).results) {
        answers.ids.push(deliveryId);
        answers.instants.push(at);
      }
      answers.places.push(...places);
      return;
    }
    const { code } = Problem.Parse(JSON.parse(text));
    const isRefusal = statusCode === 503 && Number(headers['retry-after']) > 0;
    if (isRefusal && code === 'busy') answers.refusedMs.push(at - from);
    else if (isRefusal && code === 'unavailable') answers.unsure += 1;
    else answers.others.push(`${statusCode} ${code}`);
  } catch (error) {
    answers.others.push(String(error));
  }
}

answerCalls(
  {
    /** Sends an offer's requests; answers once each has its answer. */
    async offer(input) {
      const { url, key, batch, requests, perSecond, entities, from, connections } = Offer.Parse(input);
      const to = new Pool(url, { connections });
      pool = to;
      const type = batch === 1 ? 'application/json' : 'application/x-ndjson';
      let notification = from;
      let under = 0;
      let unsent = 0;
      const wallMs = await pace(perSecond, requests, async () => {
        if (under >= connections) {
          unsent += 1;
          return;
        }
        const places = Array.from({ length: batch }, (_, index) => (notification + index) % entities);
        const lines = places.map((place, index) => JSON.stringify(newChange(notification + index, place)));
        notification += batch;
        under += 1;
        await send(to, key, lines.join('\n'), type, places);
        under -= 1;
      });
      await to.close();
      return { sent: requests - unsent, unsent, wallMs };
    },
    take() {
      const taken = answers;
      answers = noAnswers();
      return taken;
    },
  },
  async () => pool?.destroy(),
);
