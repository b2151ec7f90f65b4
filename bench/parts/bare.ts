import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { Pool } from 'undici';
import { answerCalls, cpuMicros, monotonicMs } from './channel.ts';

/**
 * What a delivery is compared with: the same bytes posted by undici alone, 50 at once, one at a time to each
 * of the 50 origins that the deliveries go to.
 */

const Post = Compile(
  Type.Object({
    origins: Type.Array(Type.String(), { minItems: 1 }),
    path: Type.String(),
    /** Names and values in turn. */
    headers: Type.Array(Type.String()),
    body: Type.String(),
    warmUp: Type.Integer(),
    posts: Type.Integer(),
  }),
);

let pools: Pool[] = [];

async function post(count: number, path: string, headers: string[], body: Buffer): Promise<void> {
  let left = count;
  await Promise.all(
    pools.map(async (pool) => {
      while (left > 0) {
        left -= 1;
        const answer = await pool.request({ method: 'POST', path, headers, body });
        await answer.body.text();
        if (answer.statusCode !== 200) throw new Error(`status ${answer.statusCode}`);
      }
    }),
  );
}

answerCalls(
  {
    /** Warms the process up, then posts; answers the CPU and wall time of the posts after the warm-up. */
    async post(input) {
      const { origins, path, headers, body, warmUp, posts } = Post.Parse(input);
      const bytes = Buffer.from(body);
      pools = origins.map((origin) => new Pool(origin));
      await post(warmUp, path, headers, bytes);
      const cpu = cpuMicros();
      const start = monotonicMs();
      await post(posts, path, headers, bytes);
      return { cpuMicros: cpuMicros() - cpu, wallMs: monotonicMs() - start };
    },
  },
  async () => {
    await Promise.all(pools.map(async (pool) => pool.destroy()));
  },
);
