import { NOBODY_KNOWN, type Actor } from '../../domain/audit.ts';
import type { ProblemCode } from '../../domain/errors.ts';
import type { OidcSettings } from '../../oidc-settings.ts';
import type { SessionSubject } from '../../store/sessions.ts';
import { RECENT_MS } from '../auth/recent-sign-in.ts';
import type { Claims, SignInAgain } from './provider.ts';
import { isStrongEnough } from './strength.ts';
import { subjectOf } from './subject.ts';

/** Who is let in by what the provider says, or why nobody is. */
export type Judgement =
  | {
      readonly subject: SessionSubject;
      /** When they proved who they are, in milliseconds since the epoch; null: not known. */
      readonly provedAt: number | null;
    }
  | { readonly problem: ProblemCode; readonly who: Actor };

/**
 * Judges a sign-in by what the provider says; null: nothing that could be believed.
 *
 * When somebody proved who they are is what the provider says (`auth_time`): it may have known them for hours. Where it
 * does not say, only who was asked again counts as just proved.
 */
export function judgeSignIn(
  claims: Claims | null,
  again: SignInAgain | null,
  settings: OidcSettings,
  now: number,
): Judgement {
  const refuse = (problem: ProblemCode, who: Actor = NOBODY_KNOWN) => ({ problem, who });
  if (claims === null) return refuse('sign-in-failed');
  if (!isStrongEnough(claims, settings.strength)) return refuse('second-factor-required');
  const subject = subjectOf(claims, settings);
  if (subject === null) return refuse('no-role');
  const { auth_time: seconds } = claims;
  const saidAt = typeof seconds === 'number' ? seconds * 1_000 : null;
  if (again === null) return { subject, provedAt: saidAt };
  if (subject.id !== again.holder) return refuse('other-holder', subject);
  // The provider asked for nothing, though it was to.
  if (saidAt !== null && saidAt < now - RECENT_MS) return refuse('sign-in-failed', subject);
  return { subject, provedAt: saidAt ?? now };
}
