import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { SelectField } from '../../components/field.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { useSession } from '../../session/context.ts';
import { entityTestTexts } from '../../texts/entity-test.ts';
import type { Entity } from './calls.ts';
import { Preview } from './preview.tsx';
import { RetryNow } from './retry-now.tsx';
import { TestReport } from './test-report.tsx';
import { useTest, type TestResult } from './use-test.ts';

/** Tests the connection, and shows what would be sent. */
export function TestTab({ entity }: { readonly entity: Entity }) {
  const { role } = useSession();
  return (
    <div class="form">
      {role !== 'auditor' && <TestCard entity={entity} />}
      {role !== 'auditor' && <Preview entity={entity} />}
    </div>
  );
}

/** The test of an entity's connection: a button, the phases, and what to mend. */
export function TestCard({
  entity,
  onAcknowledged,
}: {
  readonly entity: Entity;
  readonly onAcknowledged?: () => void;
}) {
  const t = useTexts(entityTestTexts);
  const test = useTest(entity);
  const [backOffice, setBackOffice] = useState('');
  const codes = Object.keys(entity.backOffices);
  const isAcknowledged = test.result?.outcome === 'acknowledged';
  useEffect(() => {
    if (isAcknowledged) onAcknowledged?.();
  }, [isAcknowledged]);
  return (
    <Card title={t('title')}>
      <p class="soft">{t('help')}</p>
      {codes.length > 0 && (
        <SelectField
          label={t('which')}
          value={backOffice}
          options={[
            { value: '', text: t('own') },
            ...codes.map((code) => ({ value: code, text: t('ofBackOffice', { code }) })),
          ]}
          onChange={setBackOffice}
        />
      )}
      <div>
        <Button
          kind={isAcknowledged ? 'plain' : 'primary'}
          isBusy={test.isRunning}
          onClick={() => void test.run(backOffice === '' ? null : backOffice)}
        >
          {test.isRunning ? t('running') : t('run')}
        </Button>
      </div>
      <TestReport test={test} />
      {test.result?.outcome === 'acknowledged' && (
        <WhatWaits key={test.result.startedAt} entity={entity} result={test.result} />
      )}
    </Card>
  );
}

/** What waits to be retried at the endpoint that has just acknowledged, and may go at once: it is asked for once. */
function WhatWaits({ entity, result }: { readonly entity: Entity; readonly result: TestResult }) {
  const [isSent, setIsSent] = useState(false);
  const { backOffice, retrying } = result;
  if (isSent || retrying === 0) return null;
  return (
    <div>
      <RetryNow
        entity={entity}
        backOffice={backOffice}
        count={retrying}
        isAfterTest
        onDone={() => setIsSent(true)}
      />
    </div>
  );
}
