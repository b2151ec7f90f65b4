import { useEffect } from 'preact/hooks';
import { isAnswered } from '../../components/answered-words.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorState } from '../../components/states.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn, useTexts } from '../../i18n/texts.ts';
import { phaseTexts } from '../../texts/entity-test.ts';
import { deedTexts } from '../../texts/now.ts';
import { RetryNow } from '../entity/retry-now.tsx';
import { useRights } from '../entity/rights.ts';
import { PHASES, useTest, type RunningTest, type TestResult } from '../entity/use-test.ts';
import type { Trouble } from './model.ts';

interface TestDialogProps {
  readonly endpoint: Pick<Trouble, 'organisation' | 'department' | 'backOffice' | 'entityName'>;
  readonly onClose: () => void;
}

/** Tests a connection at once, and shows each phase as it ends. */
export function TestDialog({ endpoint, onClose }: TestDialogProps) {
  const t = useTexts(deedTexts);
  const { isRunning, phases, result, problem, run } = useTest(endpoint);
  const { backOffice } = endpoint;
  const { operates } = useRights();
  const retrying = result?.retrying ?? 0;
  const isOffered = operates && retrying > 0;
  const begin = (): void => void run(backOffice);
  useEffect(begin, []);
  return (
    <Dialog title={t('testTitle')} onClose={onClose}>
      <p>{t('testWhat', { entity: endpoint.entityName })}</p>
      <PhaseTimes phases={phases} />
      <div role="status">
        {isRunning && <p class="soft">{t('testing')}</p>}
        {result !== null && <Result result={result} />}
      </div>
      {problem !== null && <ErrorState error={problem} />}
      <div class="dialog-actions">
        <Button isBusy={isRunning} onClick={begin}>
          {t('again')}
        </Button>
        <Button kind={isOffered ? 'plain' : 'primary'} onClick={onClose}>
          {t('close')}
        </Button>
        {isOffered && (
          <RetryNow entity={endpoint} backOffice={backOffice} count={retrying} isAfterTest onDone={onClose} />
        )}
      </div>
    </Dialog>
  );
}

function PhaseTimes({ phases }: Pick<RunningTest, 'phases'>) {
  const t = useTexts(deedTexts);
  const language = useLanguage();
  return (
    <dl class="phases">
      {PHASES.map((phase) => {
        const ms = phases[phase];
        return (
          <div key={phase} class={ms === undefined ? 'soft' : undefined}>
            <dt>{sayIn(language, phaseTexts[phase])}</dt>
            <dd>{ms === undefined ? '—' : t('ms', { ms: formatNumber(language, Math.round(ms)) })}</dd>
          </div>
        );
      })}
    </dl>
  );
}

function Result({ result }: { readonly result: TestResult }) {
  const t = useTexts(deedTexts);
  const language = useLanguage();
  const { outcome, advice, errorCode, errorText, httpStatus } = result;
  if (outcome === 'acknowledged') return <Badge tone="good">{t('testGood')}</Badge>;
  const codes = [httpStatus === null ? null : `HTTP ${httpStatus}`, errorCode].filter(
    (each) => each !== null,
  );
  return (
    <div class="stack">
      <div class="row">
        <Badge tone="bad">{t('testBad')}</Badge>
        <code>{codes.join(' · ')}</code>
      </div>
      {advice !== null && <p>{advice[language]}</p>}
      {errorText !== null && isAnswered(errorCode) && (
        <blockquote class="quoted" lang="">
          {errorText}
        </blockquote>
      )}
    </div>
  );
}
