import { useState } from 'preact/hooks';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Facts } from '../../components/facts.tsx';
import { AreaField } from '../../components/fields.tsx';
import { Time } from '../../components/time.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { endpointTexts } from '../../texts/endpoint.ts';
import { PemFile } from './pem-file.tsx';

/** What a certificate says of itself. */
export interface CertificateInfo {
  readonly subject: string;
  readonly issuer: string;
  readonly fingerprint: string;
  readonly expiresAt: string;
}

/** Within so long of its end a certificate is warned of, in milliseconds: as the service does. */
const SOON_MS = 30 * 86_400_000;

/** Whose a certificate is, who gave it, and until when it holds. */
export function CertificateFacts({ info }: { readonly info: CertificateInfo }) {
  const t = useTexts(endpointTexts);
  const left = Date.parse(info.expiresAt) - Date.now();
  return (
    <Facts
      items={[
        [t('subject'), <code key="subject">{info.subject}</code>],
        [t('issuer'), <code key="issuer">{info.issuer}</code>],
        [
          t('expires'),
          <span key="expires" class="row">
            <Time at={info.expiresAt} />
            {left < 0 && <Badge tone="bad">{t('expired')}</Badge>}
            {left >= 0 && left < SOON_MS && <Badge tone="wait">{t('expiresSoon')}</Badge>}
          </span>,
        ],
        [t('fingerprint'), <code key="fingerprint">{info.fingerprint}</code>],
      ]}
    />
  );
}

interface CertificateFieldProps {
  readonly label: string;
  readonly help: string;
  readonly error?: string | undefined;
  /** PEM. */
  readonly value: string | null | undefined;
  /** What is known of it; null where it was not read. */
  readonly info: CertificateInfo | null;
  readonly onChange: (pem: string | null) => void;
}

/** A certificate: pasted, or of a file; shown by what it says. */
export function CertificateField({ label, help, error, value, info, onChange }: CertificateFieldProps) {
  const t = useTexts(endpointTexts);
  const [isOpen, setIsOpen] = useState(false);
  const pem = value ?? null;
  const isEmpty = pem === null;
  return (
    <div class="field" role="group" aria-label={label}>
      {isOpen ? (
        <AreaField
          label={label}
          help={help}
          error={error}
          value={pem ?? ''}
          rows={5}
          isCode
          onInput={(text) => onChange(text.trim() === '' ? null : text)}
        />
      ) : (
        <>
          <span class="field-name">{label}</span>
          <span class="field-help">{help}</span>
          {isEmpty && <span class="soft">{t('noCertificate')}</span>}
        </>
      )}
      {info !== null && !isEmpty && <CertificateFacts info={info} />}
      {!isOpen && error !== undefined && <span class="field-error">{error}</span>}
      <div class="secret">
        <Button isSmall onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? t('closePem') : isEmpty ? t('paste') : t('seePem')}
        </Button>
        <PemFile what={label} onRead={onChange} />
        {!isEmpty && (
          <Button isSmall kind="danger" onClick={() => onChange(null)}>
            {t('remove')}
          </Button>
        )}
      </div>
    </div>
  );
}
