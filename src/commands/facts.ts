import { oneLine, visibleLength, type Paint } from './terminal.ts';

/** Lays out named values, one a line, the values aligned. */
export function formatFacts(
  facts: readonly (readonly [name: string, value: string])[],
  paint: Paint,
): string[] {
  const width = Math.max(...facts.map(([name]) => visibleLength(name)));
  return facts.map(([name, value]) => `${paint('dim', oneLine(name).padEnd(width))}  ${oneLine(value)}`);
}
