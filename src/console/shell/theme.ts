import { keep, readKept } from '../kept.ts';

/** `auto` is what the system asks for. */
export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** The theme that was chosen in this browser. */
export function readTheme(): Theme {
  return THEMES.find((theme) => theme === readKept('theme')) ?? 'auto';
}

/** Shows the console in the theme that was chosen. */
export function applyTheme(): void {
  const theme = readTheme();
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Chooses a theme, and keeps that. */
export function chooseTheme(theme: Theme): void {
  keep('theme', theme);
  applyTheme();
}
