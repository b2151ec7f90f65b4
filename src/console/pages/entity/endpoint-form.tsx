import { useState } from 'preact/hooks';
import type { ApiProblem } from '../../api/problem.ts';
import { Card } from '../../components/card.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { CheckField } from '../../components/fields.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { endpointTexts } from '../../texts/endpoint.ts';
import { AuthenticationFields, TlsFields } from './access-fields.tsx';
import type { Check, EndpointView } from './calls.ts';
import type { EndpointDraft } from './draft.ts';
import { faultsOf } from './faults.ts';
import { PolicyFields } from './policy-fields.tsx';

/** What an endpoint's form is made with. */
export interface EndpointFormProps {
  /** Its path in the configuration: `endpoint`, or `backOffices.GEST.endpoint`. */
  readonly path: string;
  /** Null: the entity's own. */
  readonly backOffice: string | null;
  readonly value: EndpointDraft;
  /** As it was when the form began; null: it is new. */
  readonly stored: EndpointDraft | null;
  /** What the service makes of it, or has stored. */
  readonly view: EndpointView | null;
  readonly check: Check | null;
  readonly problem: ApiProblem | null;
  readonly onChange: (value: EndpointDraft) => void;
}

/** The limits of a whole attempt that are offered, in seconds. */
const TIMEOUTS = [5, 10, 20, 30, 60, 120];

/** Where callbacks go: the address and what of the message depends on it. */
export function AddressFields({ path, backOffice, value, check, problem, onChange }: EndpointFormProps) {
  const t = useTexts(endpointTexts);
  const language = useLanguage();
  const fault = faultsOf(t, path, problem, check?.entity.missing ?? []);
  const blocked = check?.addresses.find((each) => each.backOffice === backOffice);
  const seconds = [...new Set([...TIMEOUTS, value.timeoutMs / 1_000])].sort((a, b) => a - b);
  const isFine = check !== null && problem === null && blocked === undefined && value.url.trim() !== '';
  return (
    <div class="stack">
      <TextField
        label={t('url')}
        help={t('urlHelp')}
        value={value.url}
        error={fault('url') ?? blocked?.advice?.[language] ?? blocked?.text}
        onInput={(url) => onChange({ ...value, url })}
      />
      {blocked !== undefined && blocked.advice !== null && (
        <p class="field-help">
          <code>{blocked.code}</code> <span lang="en">{blocked.text}</span>
        </p>
      )}
      {isFine && (
        <p class="field-help" role="status">
          {t('urlFine')}
        </p>
      )}
      {value.url.trim().toLowerCase().startsWith('http:') && <p class="alert alert-wait">{t('urlPlain')}</p>}
      <div class="form-row">
        <SelectField
          label={t('messageVersion')}
          help={value.messageVersion === '3.2' ? t('version32Help') : t('version40Help')}
          value={value.messageVersion}
          options={[
            { value: '4.0', text: '4.0' },
            { value: '3.2', text: '3.2' },
          ]}
          onChange={(messageVersion) => onChange({ ...value, messageVersion })}
        />
        <SelectField
          label={t('timeout')}
          help={t('timeoutHelp')}
          value={String(value.timeoutMs)}
          options={seconds.map((each) => ({
            value: String(each * 1_000),
            text: t('seconds', { count: each }),
          }))}
          onChange={(ms) => onChange({ ...value, timeoutMs: Number(ms) })}
        />
      </div>
    </div>
  );
}

/** All of an endpoint, in parts. */
export function EndpointForm(props: EndpointFormProps) {
  const { path, value, stored, view, check, problem, onChange } = props;
  const t = useTexts(endpointTexts);
  const fault = faultsOf(t, path, problem, check?.entity.missing ?? []);
  return (
    <>
      <Card title={t('addressTitle')}>
        <AddressFields {...props} />
      </Card>
      <Card title={t('authTitle')}>
        <AuthenticationFields
          value={value.authentication}
          stored={stored?.authentication ?? value.authentication}
          fault={fault}
          onChange={(authentication) => onChange({ ...value, authentication })}
        />
      </Card>
      <Card title={t('policyTitle')}>
        <PolicyFields
          value={value.policy}
          stored={stored?.policy ?? value.policy}
          view={view?.policy ?? null}
          fault={fault}
          onChange={(policy) => onChange({ ...value, policy })}
        />
      </Card>
      <Card title={t('tlsTitle')}>
        <TlsFields
          value={value.tls}
          view={view?.tls ?? null}
          fault={fault}
          onChange={(tls) => onChange({ ...value, tls })}
        />
      </Card>
      <EnvelopeCard value={value} onChange={onChange} />
    </>
  );
}

/** How the envelope differs from the contract's: closed where it does not. */
function EnvelopeCard({ value, onChange }: Pick<EndpointFormProps, 'value' | 'onChange'>) {
  const t = useTexts(endpointTexts);
  const { envelope } = value;
  const [isOpen] = useState(envelope.soapVersion === '1.2' || envelope.wrapper === false);
  const change = (more: EndpointDraft['envelope']): void =>
    onChange({ ...value, envelope: { ...envelope, ...more } });
  return (
    <Card title={t('envelopeTitle')}>
      <details open={isOpen}>
        <summary>{t('envelopeHelp')}</summary>
        <div class="stack details-body">
          <SelectField
            label={t('soapVersion')}
            value={envelope.soapVersion ?? '1.1'}
            options={[
              { value: '1.1', text: t('soap11') },
              { value: '1.2', text: 'SOAP 1.2' },
            ]}
            onChange={(soapVersion) => change({ soapVersion })}
          />
          <CheckField
            label={t('wrapper')}
            help={t('wrapperHelp')}
            isChecked={envelope.wrapper ?? true}
            onChange={(wrapper) => change({ wrapper })}
          />
          {envelope.soapAction !== undefined && (
            <TextField
              label="SOAPAction"
              help={t('soapActionHelp')}
              value={envelope.soapAction}
              onInput={(soapAction) => change({ soapAction })}
            />
          )}
        </div>
      </details>
    </Card>
  );
}
