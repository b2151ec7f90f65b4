import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';
import type { FastifySchemaCompiler, FastifyServerOptions } from 'fastify';
import { Type, type TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { explain } from './explain.ts';
import { invalidRequest } from './problems.ts';
import type { ApiApp } from './types.ts';

type CompilersFactory = NonNullable<
  NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']
>;

/**
 * Compiles a route's schema, when its first request comes. Bodies are taken as they are; parameters come as text,
 * of which whole numbers and booleans are read where the schema has them.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const validatorOf = once(() => validators.of(schema, () => Compile(schema)));
  const read = httpPart === 'body' ? (value: unknown) => value : readParameters(schema);
  return (given: unknown) => {
    const value = read(given);
    if (validatorOf().Check(value)) return { value };
    return { error: invalidRequest(explain(schema, value)) };
  };
};

/**
 * Fastify's own serialisers, each compiled when its first answer goes out: all of them at once took a third of the
 * service's start.
 */
export const compilersFactory: CompilersFactory = {
  buildSerializer(externalSchemas, options) {
    const compile = SerializerSelector()(externalSchemas, options);
    return (route) => {
      const serializerOf = once(() => serializers.of(route.schema, () => compile(route)));
      return (value) => serializerOf()(value);
    };
  },
};

/** What was compiled of a schema: it is the same for all services of a process, and tests have many. */
class Compiled<T> {
  readonly #known = new WeakMap<object, T>();

  of(schema: unknown, compile: () => T): T {
    if (typeof schema !== 'object' || schema === null) return compile();
    const known = this.#known.get(schema) ?? compile();
    this.#known.set(schema, known);
    return known;
  }
}

const validators = new Compiled<Validator>();
const serializers = new Compiled<(value: unknown) => string>();

/** Answers what `make` makes at the first call. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

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
