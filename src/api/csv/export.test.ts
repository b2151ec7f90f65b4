import Fastify from 'fastify';
import { afterEach, expect, it } from 'vitest';
import { createExports } from './export.ts';

const COLUMNS = [
  {
    title: { ca: 'Número', es: 'Número', en: 'Number' },
    value: ({ id }: { readonly id: string }) => Number(id),
  },
];

const app = Fastify();
afterEach(async () => app.close());

it('that would have more rows than it may ends with a line that says so', async () => {
  const exports = createExports(5);
  const asked: (string | null)[] = [];
  app.get('/:rows', async (request, reply) =>
    exports.send(reply, 'key', {
      name: 'numbers',
      language: 'en',
      columns: COLUMNS,
      read: async (before, limit) => {
        asked.push(before);
        const from = Number(before ?? 0);
        const rows = Number(request.url.slice(1));
        return Array.from({ length: Math.min(limit, 3, rows - from) }, (_, n) => ({
          id: String(from + n + 1),
        }));
      },
    }),
  );
  const whole = await app.inject('/5');
  expect(whole.body).toBe('\uFEFFNumber\r\n1\r\n2\r\n3\r\n4\r\n5\r\n');
  expect(asked).toEqual([null, '3', '5']);
  const cut = await app.inject('/6');
  expect(cut.body.split('\r\n').slice(-3)).toEqual(['5', expect.stringContaining('It ends here'), '']);
});
