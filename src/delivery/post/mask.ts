import { MASK } from '../../domain/mask.ts';

/** The predefined entities of XML 1.0 (4.6) but for the ampersand's, by the character that each stands for. */
const ENTITIES: Readonly<Record<string, string>> = { '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

/** An ampersand, escaped as often as may be: `&`, `&amp;`, `&amp;amp;` … */
const AMPERSAND = '&(?:(?:amp|#0*38|#[xX]0*26);)*';

/** Masks secrets wherever a text repeats them. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  // Only a text with references can have a secret in another form.
  const isEscaped = text.includes('&');
  return secrets.reduce(
    (masked, secret) =>
      secret === '' ? masked : masked.replaceAll(isEscaped ? inAnyForm(secret) : secret, MASK),
    text,
  );
}

/**
 * A secret as XML may hold it: each character as it is or as a reference, escaped as often as may be. A Fault that
 * quotes a whole message escapes what was escaped in it.
 */
function inAnyForm(secret: string): RegExp {
  const characters = Array.from(secret, (character) => {
    if (character === '&') return AMPERSAND;
    const code = character.codePointAt(0) ?? 0;
    const digits = code.toString(16).replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
    const names = [`#0*${code}`, `#[xX]0*${digits}`, ENTITIES[character] ?? []].flat();
    const itself = character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
    return `(?:${itself}|${AMPERSAND}(?:${names.join('|')});)`;
  });
  return new RegExp(characters.join(''), 'gu');
}
