import { codesOf, useEntityNames } from '../../api/entity-names.ts';
import { formatInstant } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn, useTexts } from '../../i18n/texts.ts';
import { kindTexts, outcomeTexts, stateTexts, statusTexts } from '../../texts/deliveries.ts';
import { listsTexts } from '../../texts/lists.ts';
import type { Filters } from './filters.ts';

/** A filter in use, in words, and the parameters of the address that make it. */
interface Chip {
  readonly text: string;
  readonly parameters: readonly (keyof Filters)[];
}

/** The filters in use, in words. */
export function useChips(filters: Filters): Chip[] {
  const t = useTexts(listsTexts);
  const language = useLanguage();
  const { status, state, kind, outcome, organisation, department, notification, from, to } = filters;
  const entity = organisation === undefined ? null : { organisation, department: department ?? null };
  const names = useEntityNames(entity === null ? [] : [entity]);
  const chips: Chip[] = [];
  const add = (name: keyof typeof listsTexts, value: string, ...parameters: Chip['parameters']): void => {
    chips.push({ text: t('chip', { name: t(name), value }), parameters });
  };
  const instant = (at: string): string => formatInstant(language, Date.parse(at));
  if (status !== undefined) add('status', sayIn(language, statusTexts[status]), 'status');
  if (outcome !== undefined) add('outcome', sayIn(language, outcomeTexts[outcome]), 'outcome');
  if (state !== undefined) add('state', sayIn(language, stateTexts[state]), 'state');
  if (kind !== undefined) add('kind', sayIn(language, kindTexts[kind]), 'kind');
  const codes = entity === null ? department : codesOf(entity);
  if (codes !== undefined) add('entity', names.get(codes) ?? codes, 'organisation', 'department');
  if (notification !== undefined) add('notification', notification, 'notification');
  if (from !== undefined) add('from', instant(from), 'from');
  if (to !== undefined) add('to', instant(to), 'to');
  return chips;
}
