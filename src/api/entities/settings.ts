import { DEFAULT_ENDPOINT } from '../../domain/entity.ts';
import type { EntityKey } from '../../domain/notification.ts';
import { parseRetrySchedule } from '../../domain/retry-policy.ts';
import { characterCount, isXmlText } from '../../domain/xml-text.ts';
import type { EntitySettings } from '../../store/entities.ts';
import { invalidRequest, type FieldFault } from '../problems.ts';
import { readEndpoint } from './endpoint.ts';
import { MAX_BACK_OFFICE_LENGTH, type EntityBody } from './schema.ts';

/**
 * Reads an entity's configuration that its schema has accepted.
 *
 * @param current what is stored, from which secrets given as `{"set":true}` are kept; null where nothing is
 * @throws ProblemError `invalid-request`
 */
export function readSettings(
  body: EntityBody,
  key: EntityKey,
  current: EntitySettings | null,
): EntitySettings {
  const faults: FieldFault[] = [];
  for (const member of ['organisation', 'department'] as const) {
    if (body[member] !== undefined && body[member] !== key[member]) {
      faults.push({ field: member, detail: 'must be as in the path' });
    }
  }
  if (body.retryDelays && parseRetrySchedule(body.retryDelays) === null) {
    faults.push({ field: 'retryDelays', detail: 'must be durations such as 1m, each at most 7d' });
  }
  const settings = {
    organisationName: body.organisationName,
    departmentName: body.departmentName,
    online: body.online ?? true,
    daily: body.daily ?? false,
    sendCancelled: body.sendCancelled ?? true,
    retryDelays: body.retryDelays ?? null,
    endpoint: body.endpoint
      ? readEndpoint(body.endpoint, current?.endpoint ?? null, 'endpoint', faults)
      : DEFAULT_ENDPOINT,
    backOffices: new Map(
      Object.entries(body.backOffices ?? {}).map(([code, { endpoint }]) => {
        if (code === '' || characterCount(code) > MAX_BACK_OFFICE_LENGTH || !isXmlText(code)) {
          faults.push({
            field: 'backOffices',
            detail: `must have codes of 1 to ${MAX_BACK_OFFICE_LENGTH} characters that XML 1.0 can carry`,
          });
        }
        const stored = current?.backOffices.get(code) ?? null;
        return [code, readEndpoint(endpoint, stored, `backOffices.${code}.endpoint`, faults)];
      }),
    ),
  };
  if (faults.length > 0) throw invalidRequest(faults);
  return settings;
}
