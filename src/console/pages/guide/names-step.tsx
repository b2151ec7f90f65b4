import { useMutation } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { problemOf } from '../../api/problem.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { TextField } from '../../components/field.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { guideTexts } from '../../texts/guide.ts';
import { entityPath, putEntity } from '../entity/calls.ts';
import type { GoTo } from './steps.ts';

const EMPTY = { organisation: '', department: '', organisationName: '', departmentName: '' };
type Name = keyof typeof EMPTY;

/** The codes and names: the entity is made with them, and sends nothing yet. */
export function NamesStep({ goTo }: { readonly goTo: GoTo }) {
  const t = useTexts(guideTexts);
  const [values, setValues] = useState(EMPTY);
  const [isTried, setIsTried] = useState(false);
  const organisation = values.organisation.trim();
  const department = values.department.trim();
  const key = { organisation, department };
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: async () => {
      const { organisationName, departmentName } = values;
      const names = { organisationName: organisationName.trim(), departmentName: departmentName.trim() };
      await putEntity(key, { ...names, online: false, daily: false }, null);
    },
    onSuccess: () => goTo('address', key),
  });
  const problem = error === null ? null : problemOf(error);
  const isTaken = problem?.code === 'precondition-failed';

  const submit = (): void => {
    setIsTried(true);
    reset();
    if (Object.values(values).every((value) => value.trim() !== '')) mutate();
  };
  const field = (name: Name) => ({
    label: t(name),
    value: values[name],
    error: isTried && values[name].trim() === '' ? t('needed') : undefined,
    onInput: (value: string) => setValues({ ...values, [name]: value }),
  });
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending) submit();
      }}
    >
      <Card title={t('names')}>
        <p class="soft">{t('namesHelp')}</p>
        <div class="form-row">
          <TextField {...field('organisation')} help={t('organisationHelp')} />
          <TextField {...field('organisationName')} />
        </div>
        <div class="form-row">
          <TextField {...field('department')} help={t('departmentHelp')} />
          <TextField {...field('departmentName')} />
        </div>
        {organisation !== '' && !/^\d+$/.test(organisation) && (
          <p class="alert alert-wait" role="status">
            {t('unusualCode')}
          </p>
        )}
        {isTaken && (
          <p class="alert" role="alert">
            {t('taken')} <Link href={entityPath(key)}>{t('seeIt')}</Link>
          </p>
        )}
        {problem !== null && !isTaken && <ErrorState error={problem} />}
      </Card>
      <div>
        <Button type="submit" kind="primary" isBusy={isPending}>
          {t('make')}
        </Button>
      </div>
    </form>
  );
}
