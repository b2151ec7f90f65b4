/**
 * The first part of a text, at most so many UTF-16 units, never cut inside a character; an ellipsis says that
 * there was more.
 */
export function boundText(text: string, maxUnits: number): string {
  if (text.length <= maxUnits) return text;
  const cut = text.slice(0, maxUnits - 1);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
