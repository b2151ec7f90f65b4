import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { perDelivery } from './compare.ts';
import { rounded } from './figures.ts';
import { deliver } from './load.ts';
import { sourceOf } from './source-maps.ts';
import type { Stage, Subject } from './stage.ts';

/** Functions listed by their own time. */
const TOP = 25;

const WARM_UP = 15_000;

/** What V8's profiler writes, as far as it is read here. */
const Profile = Type.Object({
  nodes: Type.Array(
    Type.Object({
      id: Type.Integer(),
      callFrame: Type.Object({
        functionName: Type.String(),
        url: Type.String(),
        lineNumber: Type.Integer(),
        columnNumber: Type.Integer(),
      }),
      children: Type.Optional(Type.Array(Type.Integer())),
    }),
  ),
  samples: Type.Array(Type.Integer()),
  /** Microseconds since the sample before. */
  timeDeltas: Type.Array(Type.Integer()),
});
type Profile = Static<typeof Profile>;
type Frame = Profile['nodes'][number]['callFrame'];

/** Microseconds for each delivery, the largest first. */
export interface ProfileSummary {
  readonly groups: readonly { readonly group: string; readonly micros: number }[];
  readonly modules: readonly { readonly module: string; readonly micros: number }[];
  readonly functions: readonly { readonly function: string; readonly micros: number }[];
  /** Where the profile lies, for a viewer. */
  readonly file: string;
}

/** What a part of the program is for, by where it lies; the first that fits counts. */
const GROUPS: readonly (readonly [RegExp, string])[] = [
  [/^src\/delivery\/post\/|^undici$/, 'sending over HTTP'],
  [/^src\/delivery\/intake\//, 'intake: judging changes'],
  [/^src\/api\/|^fast|^find-my-way|^secure-json-parse|^typebox|^light-my-request|^ret$/, 'intake over HTTP'],
  [/^src\/soap\//, 'SOAP and reports'],
  [/^src\/store\/|^pg/, 'PostgreSQL'],
  [/^src\/queue\/|^@aws|^@smithy/, 'SQS'],
  [/^src\/|^pino|^prom-client/, 'relay, worker, completions'],
  [/^\(garbage collector\)$/, 'garbage collection'],
  [/^\(program\)$/, 'native code outside JavaScript'],
  [/^node:(?:_http|internal\/http)/, 'Node: HTTP, of no one caller'],
  [/^node:|^\(native\)$/, 'Node: sockets, timers and tasks, of no one caller'],
];

/** Profiles the service at full load, and says where its time goes. */
export async function profile(stage: Stage, subject: Subject, deliveries: number): Promise<ProfileSummary> {
  const load = { type: 'ndjson' } as const;
  await deliver(stage, subject, load, WARM_UP);
  const round = await deliver(stage, subject, load, deliveries);
  await subject.part.ask(Type.Null(), 'profileStart');
  await deliver(stage, subject, load, deliveries);
  const file = resolve(join('node_modules', '.cache', 'enotum-bench', 'service.cpuprofile'));
  await subject.part.ask(Type.Null(), 'profileStop', { file });
  const read: unknown = JSON.parse(await readFile(file, 'utf8'));
  return { ...summarise(Compile(Profile).Parse(read), perDelivery(round)), file };
}

/** Shares the CPU of a delivery, as it is without the profiler, out by where the samples lie. */
function summarise({ nodes, samples, timeDeltas }: Profile, cpuMicros: number) {
  const own = new Map<number, number>();
  for (const [index, id] of samples.entries()) {
    own.set(id, (own.get(id) ?? 0) + (timeDeltas[index] ?? 0));
  }
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));

  /** The module that the time is spent for: the nearest caller outside Node itself. */
  function cause(id: number): string {
    let node: number | undefined = id;
    for (; node !== undefined; node = parents.get(node)) {
      const module = moduleOf(frames.get(node));
      if (module !== '' && module !== '(root)' && !module.startsWith('node:')) return module;
    }
    return moduleOf(frames.get(id)) || '(native)';
  }

  const groups = new Map<string, number>();
  const modules = new Map<string, number>();
  const functions = new Map<string, number>();
  let whole = 0;
  for (const [id, micros] of own) {
    const frame = frames.get(id);
    if (frame === undefined || frame.functionName === '(idle)') continue;
    const module = cause(id);
    // The profiler itself.
    if (module === 'bench') continue;
    whole += micros;
    add(groups, GROUPS.find(([pattern]) => pattern.test(module))?.[1] ?? 'other', micros);
    add(modules, module, micros);
    const place = moduleOf(frame) || `native, for ${module}`;
    add(functions, `${frame.functionName || '(anonymous)'} (${place})`, micros);
  }
  const largest = (sums: Map<string, number>) =>
    [...sums]
      .map(([name, micros]) => ({ name, micros: rounded((micros / whole) * cpuMicros, 2) }))
      .toSorted((a, b) => b.micros - a.micros)
      .slice(0, TOP);
  return {
    groups: largest(groups).map(({ name, micros }) => ({ group: name, micros })),
    modules: largest(modules).map(({ name, micros }) => ({ module: name, micros })),
    functions: largest(functions).map(({ name, micros }) => ({ function: name, micros })),
  };
}

function add(sums: Map<string, number>, name: string, micros: number): void {
  sums.set(name, (sums.get(name) ?? 0) + micros);
}

/** A package's name, a file of ours, a module of Node, or what V8 calls in brackets; '' for native functions. */
function moduleOf(frame: Frame | undefined): string {
  if (frame === undefined) return '';
  const { functionName } = frame;
  if (frame.url === '') return functionName.startsWith('(') ? functionName : '';
  const url = sourceOf(frame);
  const packaged = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (packaged !== undefined && packaged !== '.cache') return packaged;
  if (packaged === '.cache') return 'bench';
  return /(?:^|\/)(src\/.*)$/.exec(url)?.[1] ?? url;
}
