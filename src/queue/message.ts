import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { MAX_IDS_PER_MESSAGE, type Hint } from './queue.ts';

/** The longest body that is looked at: 50 ids make about 2,000 bytes. */
const MAX_BODY_LENGTH = 4_096;

/** Version 1 of a message's body. Another version is unparsable here and waits for a program that knows it. */
const Message = Compile(
  Type.Object(
    {
      v: Type.Literal(1),
      /** The origin's row id, a decimal bigint. */
      origin: Type.String({ pattern: '^[0-9]{1,19}$' }),
      deliveries: Type.Array(
        Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' }),
        { minItems: 1, maxItems: MAX_IDS_PER_MESSAGE },
      ),
    },
    { additionalProperties: false },
  ),
);

/** Writes a hint as the body of a queue message. */
export function encodeMessage(hint: Hint): string {
  return JSON.stringify({ v: 1, origin: hint.origin, deliveries: hint.deliveries });
}

/** Reads the body of a queue message; null where it is not one of ours. */
export function decodeMessage(body: string): Hint | null {
  if (body.length > MAX_BODY_LENGTH) return null;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  if (!Message.Check(value)) return null;
  return { origin: value.origin, deliveries: value.deliveries };
}
