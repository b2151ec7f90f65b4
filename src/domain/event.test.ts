import { expect, it } from 'vitest';
import { certificateStage } from './event.ts';

const DAY_MS = 86_400_000;

it('a certificate is told of at 30 days, at 7 days and when it has ended', () => {
  const stages = [29, 7, 6.99, 0, -0.01].map((days) => certificateStage(days * DAY_MS, 0));
  expect(stages).toEqual(['30d', '30d', '7d', '7d', 'ended']);
});
