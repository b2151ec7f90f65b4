import { Type, type TLiteral, type TObject, type TSchema } from 'typebox';
import type { TLocalizedValidationError } from 'typebox/error';
import { Compile, type Validator } from 'typebox/compile';
import type { FieldFault } from './problems.ts';

/** Faults told of one value; more would not help. */
const MAX_FAULTS = 20;

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
};

/**
 * Says what is wrong with a value in the words of its schema: never a value, and of an unknown member only a
 * name that is plainly one. Of a union, the alternative that was meant is judged.
 */
export function explain(schema: TSchema, value: unknown): FieldFault[] {
  return faultsOf(schema, value, '').slice(0, MAX_FAULTS);
}

function faultsOf(schema: TSchema, value: unknown, field: string): FieldFault[] {
  if (Type.IsUnion(schema)) return faultsOfUnion(alternativesOf(schema), value, field);
  if (Type.IsObject(schema) && isPlainObject(value)) return faultsOfObject(schema, value, field);
  if (Type.IsArray(schema) && Array.isArray(value)) {
    const inside = value.flatMap((item: unknown, place) =>
      faultsOf(schema.items, item, join(field, String(place))),
    );
    return inside.length > 0 ? inside : leafFaults(schema, value, field);
  }
  return leafFaults(schema, value, field);
}

function faultsOfObject(schema: TObject, value: Record<string, unknown>, field: string): FieldFault[] {
  const faults: FieldFault[] = [];
  for (const [name, member] of Object.entries(schema.properties)) {
    if (Object.hasOwn(value, name)) faults.push(...faultsOf(member, value[name], join(field, name)));
    else if (!Type.IsOptional(member)) faults.push({ field: join(field, name), detail: 'is required' });
  }
  const rest = 'additionalProperties' in schema ? schema.additionalProperties : undefined;
  for (const name of Object.keys(value).filter((key) => !Object.hasOwn(schema.properties, key))) {
    if (rest === false) faults.push(unknownMember(field, name));
    else if (Type.IsSchema(rest)) faults.push(...faultsOf(rest, value[name], join(field, name)));
  }
  // What is left is said of the object as a whole, such as its number of members.
  return faults.length > 0 ? faults : leafFaults(schema, value, field);
}

function unknownMember(field: string, name: string): FieldFault {
  // A name that is not made of letters may be a value that went astray.
  if (/^[A-Za-z]{1,40}$/.test(name)) return { field: join(field, name), detail: 'is not known here' };
  return { field, detail: 'has a member that is not known here' };
}

/** A union's alternatives, those of unions within it included. */
function alternativesOf(schema: TSchema): TSchema[] {
  return Type.IsUnion(schema) ? schema.anyOf.flatMap(alternativesOf) : [schema];
}

function faultsOfUnion(alternatives: readonly TSchema[], value: unknown, field: string): FieldFault[] {
  const objects = alternatives.filter((alternative) => Type.IsObject(alternative));
  if (!isPlainObject(value) || objects.length === 0) return faultsOfAny(alternatives, value, field);
  const meant = objects.length === 1 ? objects[0] : objects.find((object) => isMeant(object, value));
  if (meant !== undefined) return faultsOfObject(meant, value, field);
  const types = objects.map(({ properties }) => properties.type).filter((type) => Type.IsLiteral(type));
  if (types.length > 0) return [{ field: join(field, 'type'), detail: `must be ${listLiterals(types)}` }];
  const members = objects.map(({ properties }) => Object.keys(properties).join(' and '));
  return [{ field, detail: `must have ${members.join(' or ')}` }];
}

/** Judges by the alternative that is for this kind of value; names them all where none is. */
function faultsOfAny(alternatives: readonly TSchema[], value: unknown, field: string): FieldFault[] {
  const ofKind = alternatives.find((alternative) => !isOtherKind(alternative, value));
  return ofKind === undefined
    ? [{ field, detail: `must be ${listKinds(alternatives)}` }]
    : leafFaults(ofKind, value, field);
}

function isOtherKind(schema: TSchema, value: unknown): boolean {
  return firstError(schema, value)?.keyword === 'type';
}

/** Whether a value has the `type` of an alternative, or, where it has none, one of its members. */
function isMeant({ properties }: TObject, value: Record<string, unknown>): boolean {
  const { type } = properties;
  if (type !== undefined) return Object.hasOwn(value, 'type') && firstError(type, value.type) === undefined;
  return Object.keys(properties).some((name) => Object.hasOwn(value, name));
}

function leafFaults(schema: TSchema, value: unknown, field: string): FieldFault[] {
  const error = firstError(schema, value);
  return error === undefined ? [] : [{ field, detail: sayError(error) }];
}

/** Each part of a schema, compiled when it is first asked: a batch may have a thousand bad lines. */
const compiled = new WeakMap<TSchema, Validator>();

function firstError(schema: TSchema, value: unknown): TLocalizedValidationError | undefined {
  const validator = compiled.get(schema) ?? Compile(schema);
  compiled.set(schema, validator);
  return validator.Check(value) ? undefined : validator.Errors(value)[0];
}

/** Typebox's own sentences say nothing of the value either. */
function sayError(error: TLocalizedValidationError): string {
  const { keyword, params, message } = error;
  if (keyword === 'type') return `must be ${nameKind(params.type)}`;
  if (keyword === 'const') return `must be ${String(params.allowedValue)}`;
  if (keyword === 'enum') return `must be one of ${params.allowedValues.join(', ')}`;
  if (keyword === 'pattern') return `must have the form ${String(params.pattern)}`;
  return keyword === '~refine' ? params.message : message;
}

function nameKind(type: string | readonly string[]): string {
  return [type]
    .flat()
    .map((name) => KINDS[name] ?? name)
    .join(' or ');
}

function listKinds(alternatives: readonly TSchema[]): string {
  const kinds = alternatives.map((alternative) =>
    'type' in alternative ? String(alternative.type) : 'other',
  );
  return nameKind([...new Set(kinds)]);
}

function listLiterals(types: readonly TLiteral[]): string {
  return types.map((type) => String(type.const)).join(' or ');
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(field: string, name: string): string {
  return field === '' ? name : `${field}.${name}`;
}
