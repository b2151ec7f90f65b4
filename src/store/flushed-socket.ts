import { Socket } from 'node:net';

/**
 * A socket that hands to the system at once what is written within one turn of the event loop. A system call
 * that wakes another process costs many times what copying the bytes of a statement does.
 */
export class FlushedSocket extends Socket {
  #held = false;

  override cork(): void {
    this.#hold();
    super.cork();
  }

  #hold(): void {
    if (this.#held) return;
    this.#held = true;
    super.cork();
    process.nextTick(() => {
      this.#held = false;
      this.uncork();
    });
  }
}
