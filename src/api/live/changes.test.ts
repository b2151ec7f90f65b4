import { describe, expect, it } from 'vitest';
import type { Recent } from '../../store/recent.ts';
import { allSections, changesSince, sectionsOf } from './changes.ts';

const entity = { organisation: '9900000001', department: '1/a' };
const other = { organisation: '9900000002', department: '7' };
const ADMIN = { scope: null, role: 'admin' } as const;
const INTEGRATOR = { scope: [entity], role: 'integrator' } as const;
const row = (id: number, more: Partial<Recent> = {}): Recent => ({
  kind: 'communications',
  id: String(id),
  entity,
  ...more,
});

describe('what changed', () => {
  it('is what was not there at the look before', () => {
    const rows = [row(1), row(2), row(3, { kind: 'events' })];
    expect(changesSince(new Set(['1']), rows).rows.map(({ id }) => id)).toEqual(['2', '3']);
    expect(changesSince(new Set(['1', '2', '3']), rows).rows).toEqual([]);
  });

  it('names sections and entities', () => {
    const changes = changesSince(new Set(), [row(1), row(2, { kind: 'audit', entity: null })]);
    expect(sectionsOf(changes, ADMIN)).toEqual([
      'now',
      'deliveries',
      'communications',
      'entities',
      'resends',
      'audit',
      'entity:9900000001/1%2Fa',
    ]);
  });

  it('names of many entities none', () => {
    const rows = Array.from({ length: 60 }, (_, n) =>
      row(n, { entity: { ...entity, department: String(n) } }),
    );
    expect(sectionsOf(changesSince(new Set(), rows), ADMIN)).toEqual([
      'now',
      'deliveries',
      'communications',
      'entities',
    ]);
  });
});

it('an operator is told nothing of the audit trail, which it may not read', () => {
  const changes = changesSince(new Set(), [row(1, { kind: 'audit' })]);
  expect(sectionsOf(changes, { scope: null, role: 'operator' })).not.toContain('audit');
  expect(sectionsOf(changes, { scope: null, role: 'auditor' })).toContain('audit');
  expect(allSections({ scope: null, role: 'operator' })).not.toContain('audit');
});

describe('an integrator', () => {
  it('is told nothing of others, nor of what concerns no entity', () => {
    const rows = [row(1, { entity: other }), row(2, { kind: 'audit', entity: null })];
    expect(sectionsOf(changesSince(new Set(), rows), INTEGRATOR)).toEqual([]);
  });

  it('is told of its own, without what only overseers see', () => {
    const rows = [row(1, { entity: other }), row(2, { kind: 'audit' })];
    expect(sectionsOf(changesSince(new Set(), rows), INTEGRATOR)).toEqual([
      'now',
      'deliveries',
      'entities',
      'entity:9900000001/1%2Fa',
    ]);
  });

  it('fetches again where more came about than is looked at', () => {
    const rows = Array.from({ length: 500 }, (_, n) => row(n, { entity: other }));
    expect(sectionsOf(changesSince(new Set(), rows), INTEGRATOR)).toEqual([
      'now',
      'deliveries',
      'communications',
      'entities',
    ]);
  });
});
