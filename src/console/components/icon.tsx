/** Drawings of 24 × 24, in strokes. */
const PATHS = {
  now: 'M3 12h4l3-8 4 16 3-8h4',
  deliveries: 'M4 6h16v12H4z M4 7l8 6 8-6',
  entities: 'M4 20V9l8-5 8 5v11 M2 20h20 M9 20v-6h6v6',
  resends: 'M4 12a8 8 0 0 1 14-5l2 2 M20 4v5h-5 M20 12a8 8 0 0 1-14 5l-2-2 M4 20v-5h5',
  keys: 'M14 10a4 4 0 1 0-4 4l1-1h2v-2h2v-1z M14 10l7-7 M17 7l2 2',
  audit: 'M6 3h9l4 4v14H6z M9 12h7 M9 16h7 M9 8h3',
  settings:
    'M4 7h10 M18 7h2 M4 17h2 M10 17h10 M14 7a2 2 0 1 0 4 0 2 2 0 0 0-4 0 M6 17a2 2 0 1 0 4 0 2 2 0 0 0-4 0',
  integrators: 'M4 5h6a2 2 0 0 1 2 2v13a2 2 0 0 0-2-2H4z M20 5h-6a2 2 0 0 0-2 2v13a2 2 0 0 1 2-2h6z',
  sessions: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8 M4 20a8 8 0 0 1 16 0',
  good: 'M5 12.5l4.5 4.5L19 7',
  wait: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18 M12 7v5l3 2',
  bad: 'M12 4 2.5 20h19z M12 10v4 M12 17v.5',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18 M12 11v6 M12 7v.5',
  idle: 'M6 12h12',
  close: 'M6 6l12 12 M18 6L6 18',
  copy: 'M9 9h11v11H9z M5 15H4V4h11v1',
  menu: 'M4 7h16 M4 12h16 M4 17h16',
} as const;
export type IconName = keyof typeof PATHS;

/** A drawing beside words that say the same: screen readers pass over it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
