import { Type, type Static } from 'typebox';

/** What an offer came to. */
export const Offered = Type.Object({
  /** Requests that were sent, and those that found no connection free. */
  sent: Type.Integer(),
  unsent: Type.Integer(),
  wallMs: Type.Number(),
});

/** The answers since they were asked for last. */
export const Answers = Type.Object({
  /** Of each delivery taken: its id, its entity's number, and the instant of its 202. */
  ids: Type.Array(Type.String()),
  places: Type.Array(Type.Integer()),
  instants: Type.Array(Type.Number()),
  /** How long each 202, and each refusal as `busy` with Retry-After, took. */
  acceptedMs: Type.Array(Type.Number()),
  refusedMs: Type.Array(Type.Number()),
  /** 503 `unavailable` with Retry-After: what is begun and may yet be taken. */
  unsure: Type.Integer(),
  /** Whatever else came. */
  others: Type.Array(Type.String()),
});
export type Answers = Static<typeof Answers>;

/** No answers. */
export function noAnswers(): Answers {
  return { ids: [], places: [], instants: [], acceptedMs: [], refusedMs: [], unsure: 0, others: [] };
}
