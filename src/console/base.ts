/** Where the console lives, below whatever prefix: read once, since a relative base would move with each page. */
export const BASE = new URL(document.baseURI);

/** The prefix of the console's own paths, without a slash at its end. */
export const BASE_PATH = BASE.pathname.replace(/\/$/, '');

/** Makes the page's base absolute, so that it stays what it is when pages change. */
export function keepBase(): void {
  document.querySelector('base')?.setAttribute('href', BASE.href);
}
