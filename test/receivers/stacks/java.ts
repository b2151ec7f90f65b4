import { fileURLToPath } from 'node:url';
import { runs, startProgram } from '../child.ts';
import type { Stack } from '../stack.ts';

const SOURCE = fileURLToPath(new URL('java/Receptor.java', import.meta.url));
const SCHEMA = fileURLToPath(new URL('../../../schemas/report-4.0.xsd', import.meta.url));

/** The JDK alone; it validates each report with Xerces, and answers in UTF-16. */
export const java: Stack = {
  name: 'Java, JDK alone',
  needs: 'a JDK, 11 or newer',
  available: runs('javac', ['-version']) && runs('java', ['-version']),
  takes: () => true,
  start: async () => startProgram('java', [SOURCE, SCHEMA], /^port (\d+)$/m),
};
