import { execFile } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Client } from 'pg';
import { CommandError } from '../domain/errors.ts';
import type { Binaries } from './binaries.ts';
import { giveToUser, type DataDirectory } from './data-directory.ts';
import { claimServer } from './ownership.ts';
import { isServer, readPid, readPort, removeStalePid } from './postmaster-pid.ts';
import { freePort, startServer, type ServerProcess } from './server-process.ts';
import { serverEnvironment, type ServerUser } from './server-user.ts';

const run = promisify(execFile);

/** How often a server that is starting, or ending, is looked at, in milliseconds. */
const POLL_MS = 20;

/** How long another owner may take to be gone: the system closes a killed process's connections at once. */
const BUSY_GRACE_MS = 500;

/**
 * Why a server may end at its start and yet start soon: another is running or still ending, or its port was
 * taken meanwhile.
 */
const PASSING_REASON = /already exists|still in use|could not create any TCP/;

/** How long a start that ended so is begun again. */
const RESTART_GRACE_MS = 3_000;

/** The pause before a server that ended at its start is begun again. */
const RESTART_PAUSE_MS = 100;

/** How long the whole start may take, recovery after a crash included. */
const START_TIMEOUT_MS = 120_000;

/** The pause between tries to bring the server back. */
const RECOVERY_PAUSE_MS = 500;

/** How long a fast shutdown may take, its checkpoint included. */
const STOP_TIMEOUT_MS = 60_000;

/** What a server is started with. */
export interface ServerSetup {
  readonly directory: DataDirectory;
  readonly binaries: Binaries;
  readonly user: ServerUser;
  readonly password: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly onLost: (error: CommandError) => void;
}

/**
 * A server and the lock that makes it ours. Owner is who holds the lock; whose child the server is does not
 * matter: a process that started it and came second for the lock leaves it to the first. The connection that
 * holds the lock also tells, by its end, that the server ended: it is then started again, or, where somebody
 * else has started it, taken again.
 */
export class OwnedServer {
  readonly #setup: ServerSetup;
  readonly #events = new EventEmitter();
  #process: ServerProcess | null = null;
  #connection: Client | null = null;
  /** Fixed by the first start: the service's connections find the server again. 0 before it. */
  #port = 0;
  #stopping: Promise<void> | null = null;
  #recovery: Promise<void> = Promise.resolve();

  constructor(setup: ServerSetup) {
    this.#setup = setup;
  }

  get port(): number {
    return this.#port;
  }

  /**
   * Starts or adopts the server.
   *
   * @returns the connection that holds the lock, to the database `postgres`
   * @throws CommandError `data-dir-in-use`, `embedded-start-failed`
   */
  async start(): Promise<Client> {
    try {
      return await this.#own();
    } catch (error) {
      // In use: the server that this process may have started is the other's now.
      if (!isInUse(error) && this.#process?.isRunning() === true) await this.#shutDown();
      throw error;
    }
  }

  /** Resolves when the server is owned again after its next end. */
  async nextRecovery(): Promise<void> {
    await once(this.#events, 'recovered');
  }

  /** Ends the server, unless it is no longer ours. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    await this.#recovery;
    const connection = this.#connection;
    if (connection === null) return;
    await this.#shutDown();
    await connection.end().catch(() => undefined);
  }

  /**
   * pg_ctl ends the directory's server. It is not left to wait for that: it would wait for the server of whoever
   * starts one at that moment, too.
   */
  async #shutDown(): Promise<void> {
    const { binaries, directory, user } = this.#setup;
    const { cluster } = directory;
    const pid = await readPid(cluster);
    if (pid === null) return;
    await run(binaries.pgCtl, ['stop', '-D', cluster, '-m', 'fast', '-W', '-s'], {
      ...user,
      cwd: directory.base,
      env: serverEnvironment(),
    }).catch(() => undefined); // It ended by itself meanwhile.
    // Longer than that it is at its checkpoint, and ends after it.
    const until = performance.now() + STOP_TIMEOUT_MS;
    while (performance.now() < until && (await isServer(cluster, pid))) await delay(POLL_MS);
  }

  async #own(): Promise<Client> {
    const connection = await this.#acquire();
    this.#connection = connection;
    connection.once('end', () => {
      this.#connection = null;
      if (this.#stopping === null) this.#recovery = this.#recover();
    });
    return connection;
  }

  async #recover(): Promise<void> {
    do {
      try {
        await this.#own();
        this.#events.emit('recovered');
        return;
      } catch (error) {
        if (isInUse(error)) {
          this.#setup.onLost(error);
          return;
        }
      }
      await delay(RECOVERY_PAUSE_MS);
    } while (this.#stopping === null);
  }

  /** Tries to own the server until it does, starting it where there is none. */
  async #acquire(): Promise<Client> {
    const begun = performance.now();
    let busySince: number | null = null;
    let firstStart: number | null = null;
    for (;;) {
      const port = (await readPort(this.#setup.directory.cluster)) ?? this.#port;
      const claim = await claimServer(this.#setup.directory.cluster, port, this.#setup.password);
      const now = performance.now();
      switch (claim.outcome) {
        case 'owned':
          if (this.#port === 0 || this.#port === port) {
            this.#port = port;
            return claim.connection;
          }
          // Somebody has started it elsewhere; it has to be where its clients look for it.
          await this.#shutDown();
          await claim.connection.end().catch(() => undefined);
          break;
        case 'busy':
          busySince ??= now;
          if (now - busySince > BUSY_GRACE_MS) {
            throw new CommandError(
              'data-dir-in-use',
              `another process works in ${this.#setup.directory.base}`,
            );
          }
          break;
        case 'not-now':
          break;
        case 'absent':
          if (this.#process?.isRunning() === true) {
            if (claim.isRefusal && port === this.#process.port) throw startFailed(claim.reason);
            break;
          }
          if (firstStart !== null) {
            const reason = (await this.#process?.ended) ?? claim.reason;
            if (!PASSING_REASON.test(reason) || now - firstStart > RESTART_GRACE_MS)
              throw startFailed(reason);
            await delay(RESTART_PAUSE_MS);
          }
          firstStart ??= now;
          await this.#startProcess();
          break;
      }
      if (now - begun > START_TIMEOUT_MS) throw startFailed('the server takes no connections');
      await delay(POLL_MS);
    }
  }

  async #startProcess(): Promise<void> {
    const { directory, binaries, user, settings } = this.#setup;
    await giveToUser(directory, user);
    await removeStalePid(directory.cluster);
    const port = this.#port === 0 ? await freePort() : this.#port;
    this.#process = await startServer(directory, binaries, user, port, settings);
  }
}

function isInUse(error: unknown): error is CommandError {
  return error instanceof CommandError && error.code === 'data-dir-in-use';
}

function startFailed(reason: string): CommandError {
  return new CommandError('embedded-start-failed', `PostgreSQL did not start: ${reason}`);
}
