import { rmSync } from 'node:fs';

/** Process groups and folders that must not outlive the run, however it ends. */
const groups = new Set<number>();
const folders = new Set<string>();
const lastWishes = new Set<() => void>();

/** Notes a process group that this run has started. */
export function noteGroup(id: number): void {
  groups.add(id);
}

/** Forgets a group that has ended: its number may come to be another's. */
export function forgetGroup(id: number): void {
  groups.delete(id);
}

/** Notes a folder that this run has made. */
export function noteFolder(path: string): void {
  folders.add(path);
}

/** Removes a folder that this run has made. */
export function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  folders.delete(path);
}

/**
 * Notes what ends a server that is nobody's child here.
 *
 * @returns forgets it
 */
export function noteLastWish(wish: () => void): () => void {
  lastWishes.add(wish);
  return () => lastWishes.delete(wish);
}

/** Sends SIGKILL to a whole process group that this run has started. */
export function killGroup(id: number): void {
  try {
    process.kill(-id, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** Ends everything that is left, at the end of the process. */
export function clearLeftoversAtExit(): void {
  process.on('exit', () => {
    for (const id of groups) killGroup(id);
    for (const wish of lastWishes) wish();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
}
