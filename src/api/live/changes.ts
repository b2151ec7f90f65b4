import { isInScope, type Caller } from '../../domain/key.ts';
import type { EntityKey } from '../../domain/notification.ts';
import { RECENT_ROWS, type Recent, type RecentKind } from '../../store/recent.ts';

/** What of a page may have changed; besides these `entity:<organisation>/<department>`, percent-encoded. */
const SECTIONS = ['now', 'deliveries', 'communications', 'entities', 'events', 'resends', 'audit'] as const;

/** Who is told: the entities and the role decide what of. */
type Reader = Pick<Caller, 'scope' | 'role'>;

/** The most entities that one hint names; with more it names `entities` alone. */
const MOST_ENTITIES = 50;

/** What came about since the last look. */
export interface Changes {
  /** Whose they are; null for what concerns no entity. */
  readonly rows: readonly Recent[];
  /** Kinds of which so many rows are new that some may have been missed. */
  readonly overflown: ReadonlySet<RecentKind>;
}

/** What is new among the newest rows, given those of the look before. */
export function changesSince(before: ReadonlySet<string>, rows: readonly Recent[]): Changes {
  const fresh = rows.filter(({ id }) => !before.has(id));
  const overflown = new Set<RecentKind>();
  for (const kind of ['communications', 'deliveries', 'audit', 'events'] as const) {
    const count = fresh.filter((row) => row.kind === kind).length;
    if (count === RECENT_ROWS[kind]) overflown.add(kind);
  }
  return { rows: fresh, overflown };
}

const OF_KIND: Readonly<Record<RecentKind, readonly string[]>> = {
  communications: ['now', 'deliveries', 'communications'],
  deliveries: ['now', 'deliveries'],
  // People pause, resume, put and cancel: each is a row of the trail.
  audit: ['now', 'deliveries', 'entities', 'resends', 'audit'],
  events: ['now', 'events'],
};

/** What only those are told of who look after every entity. */
const OVERSEEN = new Set(['events', 'resends', 'audit']);

/** Whether a section is something that the reader may fetch. */
function isTold(section: string, { scope, role }: Reader): boolean {
  if (section === 'audit') return role === 'admin' || role === 'auditor';
  return scope === null || !OVERSEEN.has(section);
}

/** Everything that a reader may fetch. */
export function allSections(reader: Reader): string[] {
  return SECTIONS.filter((section) => isTold(section, reader));
}

/** The sections that a reader may have to fetch again; none where nothing changed that it may know of. */
export function sectionsOf({ rows, overflown }: Changes, reader: Reader): string[] {
  const { scope } = reader;
  const visible = rows.filter(
    ({ entity }) => scope === null || (entity !== null && isInScope(scope, entity)),
  );
  const sections = new Set(visible.flatMap(({ kind }) => OF_KIND[kind]));
  // With more new rows than are looked at, those of a reader may be among the others.
  for (const kind of overflown) for (const section of OF_KIND[kind]) sections.add(section);
  for (const section of sections) if (!isTold(section, reader)) sections.delete(section);
  const entities = new Set(visible.flatMap(({ entity }) => (entity === null ? [] : [entitySection(entity)])));
  if (overflown.size > 0 || entities.size > MOST_ENTITIES) sections.add('entities');
  else for (const entity of entities) sections.add(entity);
  return [...sections];
}

function entitySection({ organisation, department }: EntityKey): string {
  return `entity:${encodeURIComponent(organisation)}/${encodeURIComponent(department)}`;
}
