import { fileURLToPath } from 'node:url';
import { runs, startProgram } from '../child.ts';
import type { Stack } from '../stack.ts';

const script = (name: string): string => fileURLToPath(new URL(`python/${name}`, import.meta.url));
const LISTENING = /^port (\d+)$/m;

/** Python's standard library alone; it answers in Latin-1. */
export const python: Stack = {
  name: 'Python, standard library',
  needs: 'python3, 3.9 or newer',
  available: runs('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']),
  takes: () => true,
  start: async () => startProgram('python3', [script('receptor.py')], LISTENING),
};

/** spyne, written by hand and not from the WSDL. */
export const spyne: Stack = {
  name: 'Python spyne',
  needs: 'python3 with spyne and lxml',
  available: runs('python3', ['-c', 'import spyne, lxml']),
  takes: ({ wrapper, soapVersion }) => wrapper && soapVersion === '1.1',
  start: async () => startProgram('python3', [script('receptor_spyne.py')], LISTENING),
};
