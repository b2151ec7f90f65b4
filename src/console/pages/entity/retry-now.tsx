import { useMutation } from '@tanstack/preact-query';
import { api } from '../../api/client.ts';
import { answerOf, problemOf } from '../../api/problem.ts';
import { queries } from '../../api/query.ts';
import { Button } from '../../components/button.tsx';
import { toast } from '../../components/toast.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { sayProblem } from '../../texts/problems.ts';
import { retryNowTexts } from '../../texts/retry-now.ts';
import type { EntityKey } from './calls.ts';
import { useRights } from './rights.ts';

/** The API counts so many of each state, and no more. */
const MOST_COUNTED = 1_000;

interface RetryNowProps {
  readonly entity: EntityKey;
  /** Whose endpoint; null: the entity's own; absent: all of them. */
  readonly backOffice?: string | null;
  /** How many would go; none: nothing is shown. */
  readonly count: number;
  /** Whether a test has just been acknowledged, and this is what it leads to. */
  readonly isAfterTest?: boolean;
  /** The entity's name, where the button is one of many that read the same. */
  readonly name?: string;
  readonly onDone?: () => void;
}

/** Sends at once what waits to be retried. It harms nothing, so it does not ask. */
export function RetryNow({ entity, backOffice, count, isAfterTest, name, onDone }: RetryNowProps) {
  const t = useTexts(retryNowTexts);
  const language = useLanguage();
  const { operates } = useRights();
  const { organisation, department } = entity;
  const { mutate, isPending } = useMutation({
    mutationFn: async () =>
      answerOf(
        api.POST('/v1/entities/{organisation}/{department}/retry', {
          params: { path: { organisation, department } },
          body: backOffice === undefined ? {} : { backOffice },
        }),
      ),
    onSuccess: ({ broughtForward, notBefore, probes }) => {
      const said = [t(probes === 0 ? 'going' : 'probed', { count: broughtForward })];
      if (notBefore > 0) said.push(t('notBefore', { count: notBefore }));
      toast(said.join(' '));
      for (const key of ['now', 'entity-trouble']) void queries.invalidateQueries({ queryKey: [key] });
      onDone?.();
    },
    onError: (error) => toast(sayProblem(language, problemOf(error).code)),
  });
  if (!operates || count === 0) return null;
  const most = formatNumber(language, Math.min(count, MOST_COUNTED));
  const number = count < MOST_COUNTED ? most : t('moreThan', { number: most });
  const deed = isAfterTest === true ? t('afterTest', { count, number }) : t('deed', { number });
  return (
    <Button
      kind={isAfterTest === true ? 'primary' : 'plain'}
      isSmall={isAfterTest !== true}
      isBusy={isPending}
      label={name === undefined ? deed : t('ofEntity', { deed, entity: name })}
      onClick={mutate}
    >
      {deed}
    </Button>
  );
}
