import { useMutation } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { problemOf } from '../../api/problem.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { RadioField } from '../../components/fields.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { sayIn, useTexts } from '../../i18n/texts.ts';
import { keysTexts, roleHelps, roleTexts } from '../../texts/keys.ts';
import type { EntityKey } from '../entity/calls.ts';
import { createKey, type Key, type NewKey } from './calls.ts';
import { CertificateField } from '../entity/certificate-field.tsx';
import { EntityPicker } from './entity-picker.tsx';
import { MAX_RATE, readRate } from './rate.ts';
import { LIVES, lifeEnd, type Life } from './lives.ts';

const ROLES = ['operator', 'auditor', 'integrator', 'backend', 'admin'] as const satisfies Key['role'][];

interface CreateKeyProps {
  readonly onMade: (key: NewKey) => void;
  readonly onClose: () => void;
}

/** A form for a new key. */
export function CreateKey({ onMade, onClose }: CreateKeyProps) {
  const t = useTexts(keysTexts);
  const language = useLanguage();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Key['role']>('operator');
  const [entities, setEntities] = useState<readonly EntityKey[]>([]);
  const [certificate, setCertificate] = useState<string | null>(null);
  const [rate, setRate] = useState('');
  const [life, setLife] = useState<Life>('year');
  const [isTried, setIsTried] = useState(false);
  const isIntegrator = role === 'integrator';
  const lacksEntities = isIntegrator && entities.length === 0;
  const requestsPerMinute = readRate(rate);
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: createKey,
    onSuccess: onMade,
  });
  const problem = error === null ? null : problemOf(error);
  const isCertificateRefused = problem?.fields.some(({ field }) => field === 'certificate') === true;

  const submit = (): void => {
    setIsTried(true);
    reset();
    if (name.trim() === '' || lacksEntities || requestsPerMinute === undefined) return;
    const own = isIntegrator ? { entities: [...entities], certificate } : {};
    mutate({ name: name.trim(), role, expiresAt: lifeEnd(life), requestsPerMinute, ...own });
  };
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending) submit();
      }}
    >
      <Card title={t('new')}>
        <TextField
          label={t('name')}
          help={t('nameHelp')}
          value={name}
          error={isTried && name.trim() === '' ? t('nameNeeded') : undefined}
          onInput={setName}
        />
        <RadioField
          legend={t('role')}
          value={role}
          options={ROLES.map((value) => ({
            value,
            text: sayIn(language, roleTexts[value]),
            help: sayIn(language, roleHelps[value]),
          }))}
          onChange={setRole}
        />
        {isIntegrator && (
          <>
            <EntityPicker
              chosen={entities}
              error={isTried && lacksEntities ? t('entitiesNeeded') : undefined}
              onChange={setEntities}
            />
            <div class="inset">
              <CertificateField
                label={t('certificate')}
                help={t('certificateHelp')}
                error={isCertificateRefused ? t('certificateWrong') : undefined}
                value={certificate}
                info={null}
                onChange={setCertificate}
              />
            </div>
          </>
        )}
        <SelectField
          label={t('life')}
          help={t('lifeHelp')}
          value={life}
          options={LIVES.map((value) => ({ value, text: t(value) }))}
          onChange={setLife}
        />
        <TextField
          label={t('rate')}
          help={t('rateHelp')}
          value={rate}
          error={requestsPerMinute === undefined ? t('rateWrong', { most: MAX_RATE }) : undefined}
          onInput={setRate}
        />
        {problem !== null && !isCertificateRefused && <ErrorState error={problem} />}
        <div class="row">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" kind="primary" isBusy={isPending}>
            {t('make')}
          </Button>
        </div>
      </Card>
    </form>
  );
}
