import { boundText } from './bound-text.ts';
import type { XmlElement } from './read-xml.ts';

/** The longest name in a sentence, in UTF-16 units. */
const MAX_NAME_LENGTH = 200;

/** How much of an element's text is looked at, as a multiple of what is wanted: white space shrinks. */
const ROOM_FOR_SPACE = 4;

/** The text in an element and below it, on one line, at most so many UTF-16 units; null where there is none. */
export function deepText(element: XmlElement, maxUnits: number): string | null {
  const texts: string[] = [];
  const collect = (from: XmlElement): void => {
    const text = from.text.trim();
    if (text !== '') texts.push(text);
    from.children.forEach(collect);
  };
  collect(element);
  const text = texts
    .join(' ')
    .slice(0, maxUnits * ROOM_FOR_SPACE)
    .replace(/\s+/g, ' ');
  return text === '' ? null : boundText(text, maxUnits);
}

/** The first descendant whose local name is that, upper and lower case alike, in document order. */
export function findDescendant(element: XmlElement, lowerCaseName: string): XmlElement | null {
  for (const child of element.children) {
    const found = isNamed(child, lowerCaseName) ? child : findDescendant(child, lowerCaseName);
    if (found !== null) return found;
  }
  return null;
}

/** Whether the element's local name is that, upper and lower case alike. */
export function isNamed(element: XmlElement, lowerCaseName: string): boolean {
  return element.name.toLowerCase() === lowerCaseName;
}

/** Whether the element has text of its own besides XML's white space. */
export function hasOwnText(element: XmlElement): boolean {
  return /[^ \t\n\r]/.test(element.text);
}

/** An element's name with its namespace, for a sentence. */
export function qualifiedName({ namespace, name }: XmlElement): string {
  return boundText(namespace === '' ? name : `{${namespace}}${name}`, MAX_NAME_LENGTH);
}
