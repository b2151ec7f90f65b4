import { useState } from 'preact/hooks';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { AreaField } from '../../components/fields.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { endpointTexts } from '../../texts/endpoint.ts';
import type { Secret } from './draft.ts';
import { PemFile } from './pem-file.tsx';

interface SecretFieldProps {
  readonly label: string;
  readonly help?: string | undefined;
  readonly error?: string | undefined;
  readonly value: Secret | undefined;
  readonly onChange: (value: Secret) => void;
  /** A private key of several lines, rather than a password. */
  readonly isPem?: boolean;
}

/** A secret: it goes in and never comes out. It is set, replaced or removed. */
export function SecretField({ label, help, error, value, onChange, isPem = false }: SecretFieldProps) {
  const t = useTexts(endpointTexts);
  // What was there when the form began, so that writing can be given up.
  const [before] = useState<Secret>(typeof value === 'string' ? null : (value ?? null));
  if (typeof value === 'string') {
    const field = { label, help: help ?? t('secretHelp'), error, value, onInput: onChange };
    return (
      <div class="stack">
        {isPem ? (
          <AreaField {...field} rows={4} isCode />
        ) : (
          <TextField {...field} type="password" autocomplete="new-password" />
        )}
        <div class="secret">
          {isPem && <PemFile what={label} onRead={onChange} />}
          <Button isSmall onClick={() => onChange(before)}>
            {before === null ? t('leaveUnset') : t('keepStored')}
          </Button>
        </div>
      </div>
    );
  }
  const isSet = value !== null && value !== undefined;
  return (
    <div class="field" role="group" aria-label={label}>
      <span class="field-name">{label}</span>
      <div class="secret">
        <span class="soft">{isSet ? t('secretSet') : t('secretUnset')}</span>
        <Button isSmall onClick={() => onChange('')}>
          {isSet ? t('replace') : t('set')}
        </Button>
        {isSet && (
          <Button isSmall kind="danger" onClick={() => onChange(null)}>
            {t('remove')}
          </Button>
        )}
        {!isSet && before !== null && (
          <Button isSmall onClick={() => onChange(before)}>
            {t('keepStored')}
          </Button>
        )}
      </div>
      {error !== undefined && <span class="field-error">{error}</span>}
    </div>
  );
}
