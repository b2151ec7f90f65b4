import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';

/** A JSON schema as OpenAPI has it, as far as values are made of it. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

const AnySchema = Type.Unsafe<Schema>(Type.Object({}, { additionalProperties: true }));

const Operation = Type.Object({
  'x-roles': Type.Optional(Type.Array(Type.String())),
  parameters: Type.Optional(
    Type.Array(
      Type.Object({
        in: Type.String(),
        name: Type.String(),
        required: Type.Optional(Type.Boolean()),
        schema: AnySchema,
      }),
    ),
  ),
  requestBody: Type.Optional(
    Type.Object({ content: Type.Record(Type.String(), Type.Object({ schema: Type.Optional(AnySchema) })) }),
  ),
});

const Description = Type.Object({ paths: Type.Record(Type.String(), Type.Record(Type.String(), Operation)) });

/** A call that the service describes. */
export interface ApiOperation {
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  /** Who may make it; null: everybody, without a key. */
  readonly roles: readonly string[] | null;
  readonly parameters: NonNullable<Static<typeof Operation>['parameters']>;
  /** The media types that it takes. */
  readonly mediaTypes: readonly string[];
  readonly body: Schema | null;
}

/** Reads what a service says of itself at /openapi.json. */
export async function readOperations(url: string): Promise<ApiOperation[]> {
  const { paths } = Value.Parse(Description, await (await fetch(`${url}/openapi.json`)).json());
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const content = Object.entries(operation.requestBody?.content ?? {});
      return {
        method: method.toUpperCase(),
        path,
        roles: operation['x-roles'] ?? null,
        parameters: operation.parameters ?? [],
        mediaTypes: content.map(([type]) => type),
        body: content[0]?.[1].schema ?? null,
      };
    }),
  );
}
