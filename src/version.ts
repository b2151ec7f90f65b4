import { createRequire } from 'node:module';
import { Type } from 'typebox';
import { Value } from 'typebox/value';

/** This program's version, from its package.json. */
export const VERSION: string = Value.Parse(
  Type.Object({ version: Type.String() }),
  createRequire(import.meta.url)('../package.json'),
).version;

/** What callbacks say of who sends them. */
export const USER_AGENT = `enotum-callbacks/${VERSION}`;
