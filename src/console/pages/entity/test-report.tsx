import { isAnswered } from '../../components/answered-words.ts';
import { Badge } from '../../components/badge.tsx';
import { Message } from '../../components/message.tsx';
import { ErrorState } from '../../components/states.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn, useTexts } from '../../i18n/texts.ts';
import { outcomeTexts } from '../../texts/deliveries.ts';
import { entityTestTexts, phaseTexts } from '../../texts/entity-test.ts';
import { messageTexts } from '../../texts/message.ts';
import { PHASES, type Phase, type RunningTest, type TestResult } from './use-test.ts';

/** The phases as they end, and how it went. */
export function TestReport({ test }: { readonly test: RunningTest }) {
  const { isRunning, phases, result, problem } = test;
  if (problem !== null) return <ErrorState error={problem} />;
  if (!isRunning && result === null) return null;
  return (
    <div class="stack" aria-live="polite">
      <Phases phases={phases} isRunning={isRunning} isGood={result?.outcome === 'acknowledged'} />
      {result !== null && <Result result={result} />}
    </div>
  );
}

function Phases({
  phases,
  isRunning,
  isGood,
}: Pick<RunningTest, 'phases' | 'isRunning'> & { readonly isGood: boolean }) {
  const t = useTexts(entityTestTexts);
  const language = useLanguage();
  const whole = Math.max(1, ...Object.values(phases));
  const next = PHASES.find((phase) => phases[phase] === undefined);
  return (
    <ol class="test-phases">
      {PHASES.map((phase) => {
        const ms = phases[phase];
        // What a failure kept from coming is no more known than what is still to come.
        const without = isRunning && phase === next ? t('now') : isGood ? t('unneeded') : '—';
        return (
          <li key={phase} class={phase === 'whole' ? 'phase phase-whole' : 'phase'}>
            <span>{sayIn(language, phaseTexts[phase])}</span>
            <Bar share={(ms ?? 0) / whole} phase={phase} />
            <span class="phase-time">
              {ms === undefined ? without : `${formatNumber(language, Math.round(ms))} ms`}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** How long a phase took beside the whole. */
function Bar({ share, phase }: { readonly share: number; readonly phase: Phase }) {
  return (
    <svg
      class={`phase-bar phase-bar-${phase}`}
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect class="phase-ground" width="100" height="6" />
      <rect width={Math.max(share * 100, share > 0 ? 0.75 : 0)} height="6" />
    </svg>
  );
}

function Result({ result }: { readonly result: TestResult }) {
  const t = useTexts(entityTestTexts);
  const m = useTexts(messageTexts);
  const language = useLanguage();
  const { outcome, advice, errorCode, errorText, httpStatus, request, response } = result;
  const isGood = outcome === 'acknowledged';
  return (
    <div class="stack">
      <p class="row">
        <Badge tone={isGood ? 'good' : 'bad'}>{sayIn(language, outcomeTexts[outcome])}</Badge>
        {httpStatus !== null && <code>HTTP {httpStatus}</code>}
        {errorCode !== null && <code>{errorCode}</code>}
      </p>
      {isGood && <p>{t('good')}</p>}
      {advice !== null && <p class="alert">{advice[language]}</p>}
      {errorText !== null && (
        <p class="soft" lang={isAnswered(errorCode) ? '' : 'en'}>
          {errorText}
        </p>
      )}
      <details>
        <summary>{t('messages')}</summary>
        <div class="stack details-body">
          <Message title={m('request')} line={`${request.method} ${request.url}`} message={request} />
          <Message
            title={m('answer')}
            line={httpStatus === null ? null : `HTTP ${httpStatus}`}
            message={response}
            absent={m('noAnswer')}
          />
        </div>
      </details>
    </div>
  );
}
