import manifest from '../package.json' with { type: 'json' };

/** This program's version, from its package.json. */
export const VERSION = manifest.version;

/** What callbacks say of who sends them. */
export const USER_AGENT = `enotum-callbacks/${VERSION}`;
