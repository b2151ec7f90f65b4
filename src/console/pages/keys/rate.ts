/** The most requests a minute that the service lets a key have. */
export const MAX_RATE = 10_000_000;

/** A limit of requests as it was written. @returns null: the role’s own; undefined: it is none */
export function readRate(text: string): number | null | undefined {
  const written = text.trim();
  if (written === '') return null;
  const rate = Number(written);
  return /^\d+$/.test(written) && rate >= 1 && rate <= MAX_RATE ? rate : undefined;
}
