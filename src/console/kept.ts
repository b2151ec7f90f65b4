/** What this browser keeps for the person at it, such as the language; nothing where it keeps nothing. */
export function readKept(name: string): string | null {
  try {
    return localStorage.getItem(`enotum.${name}`);
  } catch {
    return null;
  }
}

/** Keeps a choice, where the browser lets it. */
export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`enotum.${name}`, value);
  } catch {
    // Private windows may refuse: the choice holds until the page is closed.
  }
}
