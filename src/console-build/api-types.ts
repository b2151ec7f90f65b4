import { writeFile } from 'node:fs/promises';
import { describeApi } from './describe-api.ts';
import { writeTypes } from './write-types.ts';

/**
 * Writes the console's types of the API, from the description that the service itself answers at /openapi.json. No
 * database is opened. The file is not kept under version control: it follows from the routes.
 * Run from dist, once the service is compiled.
 */
const OUT = new URL('../../src/console/api/schema.ts', import.meta.url);

await writeFile(OUT, writeTypes(await describeApi()));
