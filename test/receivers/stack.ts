import type { EnvelopeOptions } from '../../src/domain/entity.ts';

/**
 * A receiver that an integrator might have written on some stack. It acknowledges a report, unless the reference
 * of its first notification is REFUSE (an Error), EMPTY (an empty Error), FAULT (a Fault that it means) or CRASH
 * (an error that it does not catch).
 *
 * The header X-Received of its answer proves that it has read the report: the texts of the elements of
 * `PROVING_ELEMENTS`, in order, one a line, percent-encoded.
 */
export interface Stack {
  readonly name: string;
  /** What must be installed. */
  readonly needs: string;
  readonly available: boolean;
  /** Whether the stack takes such a message at all. */
  takes(envelope: EnvelopeOptions): boolean;
  start(): Promise<RunningStack>;
}

export interface RunningStack {
  readonly url: string;
  close(): Promise<void>;
}

export const PROVING_ELEMENTS = ['Estat', 'Referencia', 'IdNotificacio', 'NomComplet', 'RaoSocial'];

/** What REFUSE and FAULT say: with signs that must be escaped and letters that have a charset. */
export const REFUSAL_TEXT = 'El número 7 no existeix <&>';
export const FAULT_TEXT = 'La base de dades no respon';
