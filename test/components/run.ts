/**
 * Holds the components that the service runs with to the time frames of docs/security.md: what is known to be
 * vulnerable is mended, or noted in `.ci/components.json`, within the frame of its severity; a newer version of a
 * direct dependency is taken within three months. Asks the registry that npm is configured with.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { findOverdue, type Advisory } from './overdue.ts';

const Severity = Type.Union([
  Type.Literal('info'),
  Type.Literal('low'),
  Type.Literal('moderate'),
  Type.Literal('high'),
  Type.Literal('critical'),
]);
const Audit = Type.Object({
  vulnerabilities: Type.Record(
    Type.String(),
    Type.Object({
      via: Type.Array(
        Type.Union([
          Type.String(),
          Type.Object({ url: Type.String(), title: Type.String(), severity: Severity }),
        ]),
      ),
    }),
  ),
});
const Outdated = Type.Record(Type.String(), Type.Object({ wanted: Type.String(), latest: Type.String() }));
const Times = Type.Record(Type.String(), Type.String());
const Known = Type.Object({
  /** By the last part of an advisory's address, or `package` of a dependency that stays behind. */
  known: Type.Array(
    Type.Object({ name: Type.String(), since: Type.String({ format: 'date' }), reason: Type.String() }),
  ),
});
const Manifest = Type.Object({ dependencies: Type.Record(Type.String(), Type.String()) });

/** What npm says as JSON; its exit status only repeats that there is something to say. */
async function npm(...args: string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)('npm', [...args, '--json'], { maxBuffer: 50_000_000 }).catch(
    (error: unknown) => {
      if (error instanceof Error && 'stdout' in error && String(error.stdout).trim() !== '')
        return { stdout: String(error.stdout) };
      throw error;
    },
  );
  return stdout.trim() === '' ? {} : JSON.parse(stdout);
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(`../../${path}`, import.meta.url), 'utf8'));
}

async function main(): Promise<void> {
  const { known } = Value.Parse(Known, await readJson('.ci/components.json'));
  const { dependencies } = Value.Parse(Manifest, await readJson('package.json'));
  const advisories = await readAdvisories();
  const behind: { component: string; version: string; publishedAt: string }[] = [];
  for (const component of Object.keys(Value.Parse(Outdated, await npm('outdated', '--omit=dev')))) {
    const pinned = dependencies[component];
    if (pinned === undefined) continue;
    const times = Value.Parse(Times, await npm('view', component, 'time'));
    for (const [version, publishedAt] of Object.entries(times))
      behind.push({ component, version, publishedAt });
  }
  const overdue = findOverdue({
    advisories: advisories ?? [],
    behind,
    pinned: dependencies,
    known,
    now: Date.now(),
  });
  for (const line of overdue) process.stdout.write(`${line}\n`);
  process.stdout.write(
    advisories === null
      ? 'the registry says nothing of advisories: ask one that does (npm config set registry)\n'
      : `${advisories.length} advisories\n`,
  );
  process.stdout.write(`${overdue.length} beyond their time frame (docs/security.md)\n`);
  process.exitCode = overdue.length === 0 && advisories !== null ? 0 : 1;
}

/** What is known of the weaknesses of what runs in production; null where the registry does not say. */
async function readAdvisories(): Promise<Advisory[] | null> {
  const audit = await npm('audit', '--omit=dev');
  if (!Value.Check(Audit, audit)) return null;
  return Object.entries(audit.vulnerabilities).flatMap(([component, { via }]) =>
    via.flatMap((each) => (typeof each === 'string' ? [] : [{ component, ...each }])),
  );
}

await main();
