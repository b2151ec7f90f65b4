import { characterCount } from '../domain/xml-text.ts';
import { NT_40 } from './namespaces.ts';
import type { XmlElement } from './read-xml.ts';

/** Says in its message what a Report lacks or has wrong; names elements, never their values. */
export class ReportProblem extends Error {}

/** Turns an element's text into a value, or into null where the contract does not allow it. */
export type ReadValue<T> = (text: string) => T | null;

/** The child of that name, or null. Elements that the contract does not have are passed over. */
export function optionalChild(parent: XmlElement, name: string): XmlElement | null {
  const found = parent.children.filter((child) => child.name === name && child.namespace === NT_40);
  if (found.length > 1) throw new ReportProblem(`${parent.name} has more than one ${name}`);
  return found[0] ?? null;
}

/** @throws ReportProblem where there is no child of that name, or more than one */
export function requiredChild(parent: XmlElement, name: string): XmlElement {
  const child = optionalChild(parent, name);
  if (child === null) throw new ReportProblem(`${parent.name} has no ${name}`);
  return child;
}

/** @throws ReportProblem where the child lacks or its value is not allowed */
export function required<T>(parent: XmlElement, name: string, read: ReadValue<T>): T {
  return valueOf(parent, requiredChild(parent, name), read);
}

/** @throws ReportProblem where there is such a child and its value is not allowed */
export function optional<T>(parent: XmlElement, name: string, read: ReadValue<T>): T | null {
  const child = optionalChild(parent, name);
  return child === null ? null : valueOf(parent, child, read);
}

function valueOf<T>(parent: XmlElement, child: XmlElement, read: ReadValue<T>): T {
  const value = child.children.length === 0 ? read(child.text) : null;
  if (value === null) throw new ReportProblem(`${parent.name} has a ${child.name} that is not allowed`);
  return value;
}

/** Any text (xs:string). */
export const anyText: ReadValue<string> = (text) => text;

/** A text of 1 to `max` characters. */
export function textUpTo(max: number): ReadValue<string> {
  return (text) => (text !== '' && characterCount(text) <= max ? text : null);
}

/** A text that the pattern, anchored at both ends, describes. */
export function textLike(pattern: RegExp): ReadValue<string> {
  return (text) => (pattern.test(text) ? text : null);
}

/** One of the values listed. */
export function oneOf<const T extends string>(values: readonly T[]): ReadValue<T> {
  return (text) => values.find((value) => value === text) ?? null;
}

/** A whole number within bounds, both included, as the decimal string without sign or leading zeros. */
export function integerBetween(least: bigint, most: bigint): ReadValue<string> {
  return (text) => {
    // Whitespace around numbers and dates is no part of them (XML Schema Part 2, whiteSpace collapse).
    const digits = /^\s*\+?(\d{1,40})\s*$/.exec(text)?.[1];
    if (digits === undefined) return null;
    const value = BigInt(digits);
    return value >= least && value <= most ? value.toString() : null;
  };
}

const TIME_ZONE = '(?:Z|[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00))?';
const DATE = new RegExp(`^(\\d{4}-\\d\\d-\\d\\d)${TIME_ZONE}$`);
const DATE_TIME = new RegExp(`^(\\d{4}-\\d\\d-\\d\\d)T\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?${TIME_ZONE}$`);

/** xs:dateTime, as it stands. */
export const dateTime: ReadValue<string> = (text) => {
  const value = text.trim();
  const day = DATE_TIME.exec(value)?.[1];
  return day !== undefined && isDay(day) && !Number.isNaN(Date.parse(value)) ? value : null;
};

/** xs:date, without the zone that it may have: `YYYY-MM-DD`. */
export const date: ReadValue<string> = (text) => {
  const day = DATE.exec(text.trim())?.[1];
  return day !== undefined && isDay(day) ? day : null;
};

/** Whether the calendar has the day; Date.parse alone takes 31 February for 3 March. */
function isDay(day: string): boolean {
  const ms = Date.parse(day);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}
