/**
 * Types for openapi-fetch of an OpenAPI 3.1 description: `paths`, in the form that openapi-typescript gives them.
 * That one prints with the compiler's API of TypeScript 5, which TypeScript 7 does not have; what our schemas use of
 * JSON Schema is little enough for a page.
 */
export function writeTypes(description: unknown): string {
  const paths = Object.entries(record(record(description).paths)).map(
    ([path, methods]) => `  ${JSON.stringify(path)}: {\n${operationsOf(record(methods))}\n  };`,
  );
  return `// Made by src/console-build/api-types.ts of the service's own description: change the routes, not this.\n\nexport interface paths {\n${paths.join('\n')}\n}\n`;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

function operationsOf(methods: Record<string, unknown>): string {
  const lines = METHODS.map((method) =>
    methods[method] === undefined
      ? `    ${method}?: never;`
      : `    ${method}: ${operation(record(methods[method]))};`,
  );
  return ['    parameters: { query?: never; header?: never; path?: never; cookie?: never };', ...lines].join(
    '\n',
  );
}

function operation({ parameters, requestBody, responses }: Record<string, unknown>): string {
  const all = list(parameters).map(record);
  const groups = ['query', 'header', 'path', 'cookie'].map((place) => {
    const members = all.filter((parameter) => parameter.in === place);
    if (members.length === 0) return `${place}?: never`;
    const isOptional = members.every(({ required }) => required !== true);
    const types = members.map(
      ({ name, required, schema }) => `${member(String(name), required === true)}: ${typeOf(schema)}`,
    );
    return `${place}${isOptional ? '?' : ''}: { ${types.join('; ')} }`;
  });
  const body =
    requestBody === undefined
      ? 'requestBody?: never'
      : `requestBody${record(requestBody).required === true ? '' : '?'}: ${content(requestBody)}`;
  const answers = Object.entries(record(responses)).map(([status, answer]) => {
    const key = /^\d+$/.test(status) ? status : JSON.stringify(status.toUpperCase());
    return `${key}: { headers: { [name: string]: unknown }; ${content(answer, true)} }`;
  });
  return `{ parameters: { ${groups.join('; ')} }; ${body}; responses: { ${answers.join('; ')} } }`;
}

/** The media types of a body. */
function content(body: unknown, isMember = false): string {
  const types = Object.entries(record(record(body).content ?? {})).filter(
    ([, value]) => record(record(value).schema ?? {}).type !== 'null',
  );
  if (types.length === 0) return isMember ? 'content?: never' : 'never';
  const members = types.map(([type, value]) => `${JSON.stringify(type)}: ${typeOf(record(value).schema)}`);
  return isMember ? `content: { ${members.join('; ')} }` : `{ content: { ${members.join('; ')} } }`;
}

/** The type of a JSON Schema, of what TypeBox makes. */
function typeOf(schema: unknown): string {
  if (schema === undefined || schema === true) return 'unknown';
  const { type, anyOf, oneOf, allOf, const: constant, enum: values, ...rest } = record(schema);
  if (constant !== undefined) return JSON.stringify(constant);
  if (values !== undefined)
    return list(values)
      .map((value) => JSON.stringify(value))
      .join(' | ');
  for (const alternatives of [anyOf, oneOf]) {
    if (alternatives !== undefined) return `(${list(alternatives).map(typeOf).join(' | ')})`;
  }
  if (allOf !== undefined) return `(${list(allOf).map(typeOf).join(' & ')})`;
  const kinds = [type].flat().map((kind) => typeOfKind(kind, rest));
  return kinds.length > 1 ? `(${kinds.join(' | ')})` : (kinds[0] ?? 'unknown');
}

function typeOfKind(kind: unknown, schema: Record<string, unknown>): string {
  switch (kind) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array':
      return `Array<${typeOf(schema.items)}>`;
    case 'object':
      return objectType(schema);
    default:
      return 'unknown';
  }
}

function objectType({
  properties,
  required,
  additionalProperties,
  patternProperties,
}: Record<string, unknown>) {
  const needed = list(required);
  const members = Object.entries(record(properties ?? {})).map(
    ([name, schema]) => `${member(name, needed.includes(name))}: ${typeOf(schema)}`,
  );
  const [pattern] = Object.values(record(patternProperties ?? {}));
  const further = typeof additionalProperties === 'object' ? additionalProperties : pattern;
  if (members.length > 0) return `{ ${members.join('; ')} }`;
  return `Record<string, ${further === undefined ? 'unknown' : typeOf(further)}>`;
}

function member(name: string, isRequired: boolean): string {
  return `${JSON.stringify(name)}${isRequired ? '' : '?'}`;
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new TypeError('the description lacks an object');
  return { ...value };
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
