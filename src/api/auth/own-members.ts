import { ProblemError } from '../../domain/errors.ts';
import { changedMembers } from '../../store/changed-members.ts';
import type { EntitySettings } from '../../store/entities.ts';

/**
 * Checks that an integrator changes of its entity's configuration what is its own: the endpoints. Names, and what is
 * sent when, are the administrators'; given as they are, they may be put back.
 *
 * @throws ProblemError `forbidden` that names the members
 */
export function requireOwnMembers(current: EntitySettings, wanted: EntitySettings): void {
  const { endpoint: _endpoint, backOffices: _backOffices, ...others } = wanted;
  const changed = changedMembers(current, others);
  if (changed.length === 0) return;
  throw new ProblemError('forbidden', `An integrator’s key does not change ${changed.join(', ')}.`, {
    fields: changed.map((field) => ({ field, detail: 'must stay as it is' })),
  });
}
