#!/usr/bin/env node
import module from 'node:module';
import { fileURLToPath } from 'node:url';

// Node 22.8 and later keep what they compile, beside the program, where it may be written: not in a folder that
// other users of the machine could write in.
module.enableCompileCache?.(fileURLToPath(new URL('../dist/.compiled/', import.meta.url)));
await import('../dist/cli.js');
