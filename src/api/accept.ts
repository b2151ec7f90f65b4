/** How much a reader wants a media type, 0 to 1; the most specific range that fits counts (RFC 9110, 12.5.1). */
function qualityOf(accept: string, type: string): number {
  const [main = ''] = type.split('/');
  const ranges = accept.split(',').map((range) => {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    return { name, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
  });
  for (const name of [type, `${main}/*`, '*/*']) {
    const found = ranges.find((range) => range.name === name);
    if (found !== undefined) return Number.isNaN(found.quality) ? 0 : found.quality;
  }
  return 0;
}

/**
 * Which of the media types a reader wants most, by its Accept header; the first where it does not care, or wants
 * none of them.
 */
export function preferredType<const Type extends string>(
  accept: string | undefined,
  types: readonly [Type, ...Type[]],
): Type {
  let [best] = types;
  if (accept === undefined) return best;
  for (const type of types) if (qualityOf(accept, type) > qualityOf(accept, best)) best = type;
  return best;
}
