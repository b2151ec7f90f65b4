import { TextField } from '../../components/field.tsx';
import { RadioField } from '../../components/fields.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { endpointTexts } from '../../texts/endpoint.ts';
import type { EndpointView } from './calls.ts';
import { CertificateFacts, CertificateField } from './certificate-field.tsx';
import type { Authentication, Tls } from './draft.ts';
import type { SayFault } from './faults.ts';
import { SecretField } from './secret-field.tsx';

/** What a new authentication of each kind begins with. */
const NEW: Readonly<Record<Authentication['type'], Authentication>> = {
  none: { type: 'none' },
  basic: { type: 'basic', username: '', password: '' },
  bearer: { type: 'bearer', token: '' },
};

interface AuthenticationFieldsProps {
  readonly value: Authentication;
  readonly stored: Authentication;
  readonly fault: SayFault;
  readonly onChange: (value: Authentication) => void;
}

/** Who we are to the web service, by HTTP. */
export function AuthenticationFields({ value, stored, fault, onChange }: AuthenticationFieldsProps) {
  const t = useTexts(endpointTexts);
  return (
    <div class="stack">
      <RadioField
        legend={t('authentication')}
        value={value.type}
        options={[
          { value: 'none', text: t('authNone'), help: t('authNoneHelp') },
          { value: 'basic', text: t('authBasic'), help: t('authBasicHelp') },
          { value: 'bearer', text: t('authBearer'), help: t('authBearerHelp') },
        ]}
        onChange={(type) => onChange(stored.type === type ? stored : NEW[type])}
      />
      {value.type === 'basic' && (
        <div class="inset">
          <TextField
            label={t('username')}
            value={value.username ?? ''}
            error={fault('authentication.username')}
            onInput={(username) => onChange({ ...value, username })}
          />
          <SecretField
            label={t('password')}
            value={value.password}
            error={fault('authentication.password')}
            onChange={(password) => onChange({ ...value, password })}
          />
        </div>
      )}
      {value.type === 'bearer' && (
        <div class="inset">
          <SecretField
            label={t('token')}
            value={value.token}
            error={fault('authentication.token')}
            onChange={(token) => onChange({ ...value, token })}
          />
        </div>
      )}
    </div>
  );
}

interface TlsFieldsProps {
  readonly value: Tls;
  readonly view: EndpointView['tls'] | null;
  readonly fault: SayFault;
  readonly onChange: (value: Tls) => void;
}

/** The certificates of the connection. */
export function TlsFields({ value, view, fault, onChange }: TlsFieldsProps) {
  const t = useTexts(endpointTexts);
  return (
    <div class="stack">
      <CertificateField
        label={t('ca')}
        help={t('caHelp')}
        value={value.ca}
        info={view?.caInfo ?? null}
        error={fault('tls.ca')}
        onChange={(ca) => onChange({ ...value, ca })}
      />
      <CertificateField
        label={t('clientCertificate')}
        help={t('clientCertificateHelp')}
        value={value.clientCertificate}
        info={view?.clientCertificateInfo ?? null}
        error={fault('tls.clientCertificate')}
        onChange={(clientCertificate) => onChange({ ...value, clientCertificate })}
      />
      {((value.clientCertificate ?? null) !== null || (value.clientKey ?? null) !== null) && (
        <SecretField
          label={t('clientKey')}
          help={t('keyPemHelp')}
          value={value.clientKey}
          error={fault('tls.clientKey')}
          isPem
          onChange={(clientKey) => onChange({ ...value, clientKey })}
        />
      )}
      {view !== null && view.serverCertificateInfo !== null && (
        <div class="field">
          <span class="field-name">{t('serverCertificate')}</span>
          <CertificateFacts info={view.serverCertificateInfo} />
        </div>
      )}
    </div>
  );
}
