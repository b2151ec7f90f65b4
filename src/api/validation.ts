import type { FastifySchemaCompiler } from 'fastify';
import { Type, type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { explain } from './explain.ts';
import { invalidRequest } from './problems.ts';
import type { ApiApp } from './types.ts';

/**
 * Compiles a route's schema. Bodies are taken as they are; parameters come as text, of which whole numbers
 * and booleans are read where the schema has them.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const validator = Compile(schema);
  const read = httpPart === 'body' ? (value: unknown) => value : readParameters(schema);
  return (given: unknown) => {
    const value = read(given);
    if (validator.Check(value)) return { value };
    return { error: invalidRequest(explain(schema, value)) };
  };
};

const NoParameters = Type.Object({}, { additionalProperties: false });

/** Gives every route added from now on that names no query parameters a schema that takes none. */
export function refuseUnknownParameters(app: ApiApp): void {
  app.addHook('onRoute', (route) => {
    route.schema = { querystring: NoParameters, ...route.schema };
  });
}

function readParameters(schema: TSchema): (value: unknown) => unknown {
  const properties = 'properties' in schema && isRecord(schema.properties) ? schema.properties : {};
  const typeOf = (name: string): unknown => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return isRecord(property) ? property.type : undefined;
  };
  return (given) => {
    if (!isRecord(given)) return given;
    const entries = Object.entries(given).map(([name, value]) => [name, readParameter(value, typeOf(name))]);
    return Object.fromEntries(entries);
  };
}

function readParameter(value: unknown, type: unknown): unknown {
  if (type === 'integer' && typeof value === 'string' && /^-?\d{1,15}$/.test(value)) return Number(value);
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
