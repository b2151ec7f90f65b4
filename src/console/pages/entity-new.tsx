import { useQuery } from '@tanstack/preact-query';
import { useLocation, useSearch } from 'wouter-preact';
import { Page } from '../components/page.tsx';
import { ErrorState, Skeleton } from '../components/states.tsx';
import { useTexts } from '../i18n/texts.ts';
import { guideTexts } from '../texts/guide.ts';
import { entityQueryKey, readEntity, type EntityKey, type ReadEntity } from './entity/calls.ts';
import { AccessStep, AddressStep } from './guide/endpoint-steps.tsx';
import { NamesStep } from './guide/names-step.tsx';
import { OnStep } from './guide/on-step.tsx';
import { STEPS, type GoTo, type Step } from './guide/steps.ts';
import { TestStep } from './guide/test-step.tsx';

/** A guide for a new entity. */
export default function NewEntity() {
  const t = useTexts(guideTexts);
  const parameters = new URLSearchParams(useSearch());
  const [path, navigate] = useLocation();
  const organisation = parameters.get('organisation') ?? '';
  const department = parameters.get('department') ?? '';
  const isNew = organisation === '' || department === '';
  const step = isNew ? 'names' : (STEPS.find((each) => each === parameters.get('step')) ?? 'address');
  const goTo: GoTo = (next, key) => {
    const wanted = new URLSearchParams({
      step: next,
      organisation: key.organisation,
      department: key.department,
    });
    navigate(`${path}?${wanted.toString()}`);
  };
  return (
    <Page title={t('title')}>
      <ol class="steps" aria-label={t('steps')}>
        {STEPS.map((each, index) => (
          <li
            key={each}
            class={index < STEPS.indexOf(step) ? 'step-done' : undefined}
            aria-current={each === step ? 'step' : undefined}
          >
            {t(each)}
          </li>
        ))}
      </ol>
      {isNew ? (
        <NamesStep goTo={goTo} />
      ) : (
        <KnownStep key={step} step={step} entityKey={{ organisation, department }} goTo={goTo} />
      )}
    </Page>
  );
}

function KnownStep({
  step,
  entityKey,
  goTo,
}: {
  readonly step: Step;
  readonly entityKey: EntityKey;
  readonly goTo: GoTo;
}) {
  const { data, error, refetch } = useQuery({
    queryKey: entityQueryKey(entityKey),
    queryFn: async () => readEntity(entityKey),
  });
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton />;
  return <ShownStep step={step} read={data} goTo={goTo} />;
}

function ShownStep({
  step,
  read,
  goTo,
}: {
  readonly step: Step;
  readonly read: ReadEntity;
  readonly goTo: GoTo;
}) {
  switch (step) {
    case 'access':
      return (
        <AccessStep
          read={read}
          onNext={() => goTo('test', read.entity)}
          onBack={() => goTo('address', read.entity)}
        />
      );
    case 'test':
      return <TestStep entity={read.entity} goTo={goTo} />;
    case 'on':
      return <OnStep read={read} />;
    case 'names':
    case 'address':
      return <AddressStep read={read} onNext={() => goTo('access', read.entity)} />;
  }
}
