/**
 * Where files of the package lie that are no code. All are named here, since the build gathers the code of src's
 * folders in files that lie in dist itself: this file's place is as deep in both.
 */

/** The numbered SQL files. */
export const MIGRATIONS = new URL('../migrations/', import.meta.url);

/** Our XSD and WSDL. */
export const SCHEMAS = new URL('../schemas/', import.meta.url);

/** The console, once it is built. */
export const CONSOLE = new URL('../dist/console/', import.meta.url);
