import { keep, readKept } from '../kept.ts';

/** After so long without a key or a pointer, what pages ask by themselves keeps no session alive, in milliseconds. */
const ATTENDED_MS = 60_000;
/** How often a sign of life is kept for the other tabs, in milliseconds. */
const KEEP_EVERY_MS = 5_000;

let last = Date.now();
let kept = 0;

/** Takes note of whoever is at this tab from now on. */
export function watchAttendance(): void {
  const note = (): void => {
    last = Date.now();
    if (last - kept < KEEP_EVERY_MS) return;
    kept = last;
    keep('seen', String(last));
  };
  for (const event of ['pointerdown', 'pointermove', 'keydown', 'scroll', 'focus']) {
    addEventListener(event, note, { passive: true, capture: true });
  }
}

/** For how long nobody was seen at any tab, in milliseconds. */
export function unattendedMs(): number {
  return Date.now() - Math.max(last, Number(readKept('seen') ?? 0));
}

/** Whether somebody is there. */
export function isAttended(): boolean {
  return unattendedMs() < ATTENDED_MS;
}
