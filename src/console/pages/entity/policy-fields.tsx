import { SelectField, TextField } from '../../components/field.tsx';
import { CheckField, RadioField } from '../../components/fields.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { endpointTexts } from '../../texts/endpoint.ts';
import { CertificateField } from './certificate-field.tsx';
import { CertificateFacts } from './certificate-field.tsx';
import type { EndpointView } from './calls.ts';
import type { Policy } from './draft.ts';
import type { SayFault } from './faults.ts';
import { SecretField } from './secret-field.tsx';

interface PolicyFieldsProps {
  readonly value: Policy;
  /** What was stored when the form began: what it had is there again where its kind is chosen again. */
  readonly stored: Policy;
  /** What the service makes of it. */
  readonly view: EndpointView['policy'] | null;
  readonly fault: SayFault;
  readonly onChange: (value: Policy) => void;
}

/** What a new policy of each kind begins with. */
const NEW: Readonly<Record<Policy['type'], Policy>> = {
  none: { type: 'none' },
  'username-token': {
    type: 'username-token',
    username: '',
    password: '',
    digest: true,
    timestampSeconds: 300,
  },
  signature: { type: 'signature', certificate: null, privateKey: null, timestampSeconds: 300 },
};

/** The WS-Security header of messages. */
export function PolicyFields({ value, stored, view, fault, onChange }: PolicyFieldsProps) {
  const t = useTexts(endpointTexts);
  return (
    <div class="stack">
      <RadioField
        legend={t('policy')}
        value={value.type}
        options={[
          { value: 'none', text: t('policyNone'), help: t('policyNoneHelp') },
          { value: 'username-token', text: t('policyToken'), help: t('policyTokenHelp') },
          { value: 'signature', text: t('policySignature'), help: t('policySignatureHelp') },
        ]}
        onChange={(type) => onChange(stored.type === type ? stored : NEW[type])}
      />
      {value.type === 'username-token' && (
        <div class="inset">
          <TextField
            label={t('username')}
            value={value.username ?? ''}
            error={fault('policy.username')}
            onInput={(username) => onChange({ ...value, username })}
          />
          <SecretField
            label={t('password')}
            value={value.password}
            error={fault('policy.password')}
            onChange={(password) => onChange({ ...value, password })}
          />
          <RadioField
            legend={t('passwordForm')}
            value={value.digest === false ? 'text' : 'digest'}
            options={[
              { value: 'digest', text: 'PasswordDigest', help: t('digestHelp') },
              { value: 'text', text: 'PasswordText', help: t('textHelp') },
            ]}
            onChange={(form) => onChange({ ...value, digest: form === 'digest' })}
          />
          <Timestamp
            seconds={value.timestampSeconds ?? null}
            canBeNone
            onChange={(timestampSeconds) => onChange({ ...value, timestampSeconds })}
          />
          <MustUnderstand
            isChecked={value.mustUnderstand ?? true}
            onChange={(mustUnderstand) => onChange({ ...value, mustUnderstand })}
          />
        </div>
      )}
      {value.type === 'signature' && (
        <div class="inset">
          <CertificateField
            label={t('signingCertificate')}
            help={t('signingCertificateHelp')}
            value={value.certificate}
            info={view?.type === 'signature' ? view.certificateInfo : null}
            error={fault('policy.certificate')}
            onChange={(certificate) => onChange({ ...value, certificate })}
          />
          <SecretField
            label={t('signingKey')}
            help={t('keyPemHelp')}
            value={value.privateKey}
            error={fault('policy.privateKey')}
            isPem
            onChange={(privateKey) => onChange({ ...value, privateKey })}
          />
          {(value.certificate ?? null) === null && (value.privateKey ?? null) === null && (
            <ServiceSignature info={view?.type === 'signature' ? view.certificateInfo : null} />
          )}
          <Timestamp
            seconds={value.timestampSeconds ?? null}
            onChange={(seconds) =>
              onChange({ ...value, ...(seconds === null ? {} : { timestampSeconds: seconds }) })
            }
          />
          <MustUnderstand
            isChecked={value.mustUnderstand ?? true}
            onChange={(mustUnderstand) => onChange({ ...value, mustUnderstand })}
          />
        </div>
      )}
    </div>
  );
}

/** Says by what is signed where the entity has nothing of its own. */
function ServiceSignature({
  info,
}: {
  readonly info: Parameters<typeof CertificateFacts>[0]['info'] | null;
}) {
  const t = useTexts(endpointTexts);
  if (info === null) return <p class="alert alert-wait">{t('noServiceSignature')}</p>;
  return (
    <div class="stack">
      <p class="soft">{t('serviceSignature')}</p>
      <CertificateFacts info={info} />
    </div>
  );
}

/** The lives of a Timestamp that are offered, in seconds. */
const LIVES = [60, 300, 600, 3_600];

function Timestamp({
  seconds,
  canBeNone = false,
  onChange,
}: {
  readonly seconds: number | null;
  readonly canBeNone?: boolean;
  readonly onChange: (seconds: number | null) => void;
}) {
  const t = useTexts(endpointTexts);
  const lives = [...new Set([...LIVES, ...(seconds === null ? [] : [seconds])])].sort((a, b) => a - b);
  return (
    <SelectField
      label={t('timestamp')}
      help={t('timestampHelp')}
      value={seconds === null ? '' : String(seconds)}
      options={[
        ...(canBeNone ? [{ value: '', text: t('noTimestamp') }] : []),
        ...lives.map((life) => ({ value: String(life), text: t('seconds', { count: life }) })),
      ]}
      onChange={(chosen) => onChange(chosen === '' ? null : Number(chosen))}
    />
  );
}

function MustUnderstand(props: { readonly isChecked: boolean; readonly onChange: (value: boolean) => void }) {
  const t = useTexts(endpointTexts);
  return <CheckField label={t('mustUnderstand')} help={t('mustUnderstandHelp')} {...props} />;
}
