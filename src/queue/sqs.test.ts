import { expect, it } from 'vitest';
import { createQueue } from '../../test/support/queue.ts';
it('works', async () => {
  const { queue, url } = await createQueue();
  const hint = { origin: '12', deliveries: ['7f0c6c5e-3d4f-4a39-9a55-0d6b3b2f1c01'] };
  expect(await queue.send([hint])).toEqual([]);
  const got = await queue.receive(1, AbortSignal.timeout(5000));
  expect(got).toMatchObject([hint]);
  await queue.delete(got.map((g) => g.handle));
  expect(await queue.isReachable()).toBe(true);
  console.log(url);
  queue.close();
});
