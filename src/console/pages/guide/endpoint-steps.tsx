import type { ComponentChildren } from 'preact';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { endpointTexts } from '../../texts/endpoint.ts';
import { guideTexts } from '../../texts/guide.ts';
import { AuthenticationFields, TlsFields } from '../entity/access-fields.tsx';
import type { ReadEntity } from '../entity/calls.ts';
import { draftOf, type EndpointDraft } from '../entity/draft.ts';
import { AddressFields } from '../entity/endpoint-form.tsx';
import { faultsOf } from '../entity/faults.ts';
import { PolicyFields } from '../entity/policy-fields.tsx';
import { useDraft, type Editing } from '../entity/use-draft.ts';
import { TellIntegrator } from './tell-integrator.tsx';

interface StepProps {
  readonly read: ReadEntity;
  readonly onNext: () => void;
  readonly onBack?: () => void;
}

/** Where callbacks will go. */
export function AddressStep({ read, onNext }: StepProps) {
  const t = useTexts(guideTexts);
  const editing = useDraft(read, true);
  const { draft, check, problem } = editing;
  return (
    <StepForm editing={editing} onNext={onNext} canGoOn={draft.endpoint.url.trim() !== ''}>
      <TellIntegrator />
      <Card title={t('address')}>
        <AddressFields
          path="endpoint"
          backOffice={null}
          value={draft.endpoint}
          stored={null}
          view={(check ?? read).entity.endpoint}
          check={check}
          problem={problem}
          onChange={changeOf(editing)}
        />
      </Card>
    </StepForm>
  );
}

/** Who we are to the web service, where it asks. */
export function AccessStep({ read, onNext, onBack }: StepProps) {
  const t = useTexts(guideTexts);
  const said = useTexts(endpointTexts);
  const editing = useDraft(read, true);
  const { draft, check, problem } = editing;
  const { endpoint } = draft;
  const stored = draftOf(read.entity).endpoint;
  const view = (check ?? read).entity.endpoint;
  const fault = faultsOf(said, 'endpoint', problem, check?.entity.missing ?? []);
  const change = changeOf(editing);
  return (
    <StepForm editing={editing} onNext={onNext} onBack={onBack} canGoOn>
      <p class="soft">{t('accessHelp')}</p>
      <Card title={said('authTitle')}>
        <AuthenticationFields
          value={endpoint.authentication}
          stored={stored.authentication}
          fault={fault}
          onChange={(authentication) => change({ ...endpoint, authentication })}
        />
      </Card>
      <Card title={said('policyTitle')}>
        <PolicyFields
          value={endpoint.policy}
          stored={stored.policy}
          view={view.policy}
          fault={fault}
          onChange={(policy) => change({ ...endpoint, policy })}
        />
      </Card>
      <Card title={said('tlsTitle')}>
        <TlsFields
          value={endpoint.tls}
          view={view.tls}
          fault={fault}
          onChange={(tls) => change({ ...endpoint, tls })}
        />
      </Card>
    </StepForm>
  );
}

function changeOf({ draft, change }: Editing): (endpoint: EndpointDraft) => void {
  return (endpoint) => change({ ...draft, endpoint });
}

interface StepFormProps {
  readonly editing: Editing;
  readonly canGoOn: boolean;
  readonly onNext: () => void;
  readonly onBack?: (() => void) | undefined;
  readonly children: ComponentChildren;
}

/** Saves the step, and goes on. */
function StepForm({ editing, canGoOn, onNext, onBack, children }: StepFormProps) {
  const t = useTexts(guideTexts);
  const { isChanged, isBusy, problem, conflict } = editing;
  const next = async (): Promise<void> => {
    if (!isChanged || (await editing.save())) onNext();
  };
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy && canGoOn) void next();
      }}
    >
      {children}
      {problem !== null && problem.fields.length === 0 && <ErrorState error={problem} />}
      {conflict !== null && (
        <p class="alert" role="alert">
          {t('conflict')}{' '}
          <Button isSmall onClick={() => editing.resolve(true)}>
            {t('goOn')}
          </Button>
        </p>
      )}
      <div class="row">
        {onBack !== undefined && <Button onClick={onBack}>{t('back')}</Button>}
        <Button type="submit" kind="primary" isBusy={isBusy || !canGoOn}>
          {t('next')}
        </Button>
      </div>
    </form>
  );
}
