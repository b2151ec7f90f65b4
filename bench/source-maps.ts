import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';

/** A source map, as far as it is read here. */
const Payload = Compile(
  Type.Object({
    version: Type.Integer(),
    sources: Type.Array(Type.String()),
    names: Type.Array(Type.String()),
    mappings: Type.String(),
  }),
);

/** A place in a file, as V8's profiler names it: line and column from 0. */
interface Place {
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

const maps = new Map<string, SourceMap | null>();

/** The source that a place of a built file comes from, by the map beside the file; the place's own URL without one. */
export function sourceOf({ url, lineNumber, columnNumber }: Place): string {
  const entry = mapOf(url)?.findEntry(lineNumber, columnNumber);
  return entry !== undefined && 'originalSource' in entry ? entry.originalSource : url;
}

function mapOf(url: string): SourceMap | null {
  const known = maps.get(url);
  if (known !== undefined) return known;
  const map = url.startsWith('file:') ? readMap(`${fileURLToPath(url)}.map`) : null;
  maps.set(url, map);
  return map;
}

function readMap(path: string): SourceMap | null {
  if (!existsSync(path)) return null;
  const read: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return new SourceMap({ file: '', sourceRoot: '', sourcesContent: [], ...Payload.Parse(read) });
}
