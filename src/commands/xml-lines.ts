import { asLines } from './terminal.ts';

/** A tag, or what stands between two. */
const PARTS = /<[^>]*>|[^<]+/g;

/**
 * An XML message laid out for people, an element a line, safe to print: an element that holds a text stays on its
 * line. What is not plainly XML, as many a web page, is left as it is.
 */
export function xmlLines(xml: string): string {
  const lines: string[] = [];
  let depth = 0;
  /** Whether the line that was begun last may still get its text and its end. */
  let isOpen = false;
  for (const part of xml.match(PARTS) ?? []) {
    if (!part.startsWith('<')) {
      if (part.trim() === '') continue;
      if (!isOpen) return asLines(xml);
      lines.push(`${lines.pop() ?? ''}${part}`);
    } else if (part.startsWith('</')) {
      depth -= 1;
      if (depth < 0) return asLines(xml);
      lines.push(isOpen ? `${lines.pop() ?? ''}${part}` : `${INDENT.repeat(depth)}${part}`);
      isOpen = false;
    } else {
      const isElement = !/^<[?!]/.test(part);
      lines.push(`${INDENT.repeat(depth)}${part}`);
      isOpen = isElement && !part.endsWith('/>');
      if (isOpen) depth += 1;
    }
  }
  return asLines(depth === 0 ? lines.join('\n') : xml);
}

const INDENT = '  ';
