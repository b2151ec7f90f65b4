import { Type, type TProperties, type TSchema } from 'typebox';
import type { Sentence } from '../domain/advice.ts';
import { LANGUAGES } from '../domain/language.ts';
import { isXmlText } from '../domain/xml-text.ts';

/** What a text must be, besides text that XML 1.0 can carry. */
interface TextOptions {
  /** Characters, as XML Schema counts them; 1 where absent. */
  readonly min?: number;
  /** Characters, as XML Schema counts them. */
  readonly max: number;
  /** Matches the whole text. */
  readonly pattern?: RegExp;
  readonly description?: string;
}

/** A text that a report can carry unchanged; lengths count characters, not UTF-16 units. */
export function text({ min = 1, max, pattern, description }: TextOptions) {
  return Type.Refine(
    Type.String({
      minLength: min,
      maxLength: max,
      ...(pattern === undefined ? {} : { pattern: pattern.source }),
      ...(description === undefined ? {} : { description }),
    }),
    isXmlText,
    () => 'must be text that XML 1.0 can carry',
  );
}

/** One of some texts, as an enumeration rather than a union of constants. */
export function oneOf<const Values extends readonly string[]>(values: Values, description?: string) {
  return Type.Unsafe<Values[number]>({
    type: 'string',
    enum: [...values],
    ...(description === undefined ? {} : { description }),
  });
}

/** A value or null. */
export function nullable<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()]);
}

/** A member that may be absent or null, which is the same. */
export function maybe<T extends TSchema>(schema: T) {
  return Type.Optional(nullable(schema));
}

/** An object that takes no members but its own. */
export function strictObject<Members extends TProperties>(members: Members, description?: string) {
  return Type.Object(members, {
    additionalProperties: false,
    ...(description === undefined ? {} : { description }),
  });
}

/** A text or null in an answer: an array of types, which is serialised without trying alternatives. */
export const NullableText = Type.Unsafe<string | null>({ type: ['string', 'null'] });
/** A whole number or null in an answer. */
export const NullableInteger = Type.Unsafe<number | null>({ type: ['integer', 'null'] });
/** An entity's names in an answer. */
export const EntityName = Type.Unsafe<string | null>({
  type: ['string', 'null'],
  description: 'The entity’s names as they are now; null where it has no configuration',
});

/** A sentence in the service's languages, or null, in an answer. */
export const SentenceView = Type.Unsafe<Sentence | null>({
  type: ['object', 'null'],
  properties: Object.fromEntries(LANGUAGES.map((language) => [language, { type: 'string' }])),
  required: [...LANGUAGES],
});

/** The most characters of a reason that an operator gives. */
const MAX_REASON_LENGTH = 1_000;

/** Why an operator does something; kept with what it was done to. */
export const Reason = maybe(text({ max: MAX_REASON_LENGTH }));

/** The most characters of texts that the contract leaves unbounded (xs:string): its own longest type. */
export const MAX_FREE_TEXT = 4_000;

/** Characters of an organisation's or department's code; the contract sets no limit, an index does. */
const MAX_CODE_LENGTH = 255;

/** A code has no white space but spaces: it stands in paths, in single lines and in keys. */
const code = (description: string) => text({ max: MAX_CODE_LENGTH, pattern: /^[^\t\n\r]*$/, description });

/** An issuing entity: in a path percent-encoded, in a body as it is. */
export const EntityParams = strictObject({
  organisation: code('The public body’s ENS code (CodiOrganisme)'),
  department: code('Its department (CodiDepartament)'),
});

/** Items of a page where the caller does not say. */
export const DEFAULT_LIMIT = 50;
/** The most items of a page. */
const MAX_LIMIT = 200;

/** The query parameters of every list; spread into its query's schema. */
export const PAGE_QUERY = {
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: MAX_LIMIT,
      description: `Items of a page; ${DEFAULT_LIMIT} if absent`,
    }),
  ),
  after: Type.Optional(text({ max: 128, description: 'The `next` of the page before' })),
};

/** One page of a list, newest first. */
export function pageOf<Item extends TSchema>(item: Item) {
  return Type.Object({
    items: Type.Array(item),
    next: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      description: 'What `after` takes for the next page; null at the end',
    }),
  });
}

/** An RFC 9457 problem. */
const Problem = Type.Object(
  {
    type: Type.String({ description: 'urn:enotum-callbacks:problem:<code>' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    code: Type.String({ description: 'Stable; docs/errors.md explains each' }),
    fields: Type.Optional(Type.Array(Type.Object({ field: Type.String(), detail: Type.String() }))),
    lines: Type.Optional(
      Type.Array(
        Type.Object({
          line: Type.Integer(),
          code: Type.String(),
          field: NullableText,
          detail: Type.String(),
        }),
      ),
    ),
  },
  { additionalProperties: true },
);

/** The answers of every call besides its own: spread into a route's `response`. */
export const PROBLEM_RESPONSES = { '4xx': Problem, '5xx': Problem } as const;
