import { readFile } from 'node:fs/promises';
import { SCHEMAS } from '../../package-files.ts';
import { escapeAttribute } from '../../soap/xml.ts';

/** The files that the WSDL imports, by relative names: they are served beside it. */
export const SCHEMA_FILES = [
  'recepcio-reports-4.0.wsdl',
  'recuperar-report-4.0.xsd',
  'report-3.2.xsd',
  'report-4.0.xsd',
] as const;

/** The address that the file has in place of the service's. */
const PLACEHOLDER = 'https://enotum-callbacks.example/soap/reports/4.0';

/** Reads one of the schema files. */
export async function readSchema(file: (typeof SCHEMA_FILES)[number]): Promise<string> {
  return readFile(new URL(file, SCHEMAS), 'utf8');
}

/**
 * Reads the WSDL of the pull operation.
 *
 * @returns writes it with the address at which the service was asked for it
 */
export async function readWsdl(): Promise<(address: string) => string> {
  const wsdl = await readFile(new URL('recuperar-report-4.0.wsdl', SCHEMAS), 'utf8');
  return (address) => wsdl.replaceAll(PLACEHOLDER, () => escapeAttribute(address));
}
