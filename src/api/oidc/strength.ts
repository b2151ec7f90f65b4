import type { SignInStrength } from '../../oidc-settings.ts';

/**
 * Whether somebody was authenticated as strongly as is required. Asking for an `acr` binds the provider to nothing:
 * what the ID token says counts.
 */
export function isStrongEnough(
  claims: Readonly<Record<string, unknown>>,
  required: SignInStrength | null,
): boolean {
  if (required === null) return true;
  const { acr, amr } = claims;
  const methods: readonly unknown[] = Array.isArray(amr) ? amr : [];
  const hasAcr = required.acr.length === 0 || required.acr.some((value) => value === acr);
  const hasAmr = required.amr.length === 0 || required.amr.some((value) => methods.includes(value));
  return hasAcr && hasAmr;
}
