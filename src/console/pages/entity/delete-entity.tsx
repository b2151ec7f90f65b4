import { useMutation } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';
import { api } from '../../api/client.ts';
import { done, problemOf } from '../../api/problem.ts';
import { queries } from '../../api/query.ts';
import { Button } from '../../components/button.tsx';
import { Confirm } from '../../components/dialog.tsx';
import { toast } from '../../components/toast.tsx';
import { useLanguage } from '../../i18n/language.ts';
import { useTexts } from '../../i18n/texts.ts';
import { entityTexts } from '../../texts/entity.ts';
import { sayProblem } from '../../texts/problems.ts';
import type { Entity } from './calls.ts';

/** Takes a configuration away, after saying what ends with it. */
export function DeleteEntity({ entity }: { readonly entity: Entity }) {
  const t = useTexts(entityTexts);
  const language = useLanguage();
  const [, navigate] = useLocation();
  const [isAsking, setIsAsking] = useState(false);
  const { organisation, department } = entity;
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const path = { organisation, department };
      await done(api.DELETE('/v1/entities/{organisation}/{department}', { params: { path } }));
      await queries.invalidateQueries({ queryKey: ['entities'] });
    },
    onSuccess: () => {
      toast(t('deleted'));
      navigate('/entities', { replace: true });
    },
  });
  const code = error === null ? null : problemOf(error).code;
  return (
    <div>
      <Button kind="danger" onClick={() => setIsAsking(true)}>
        {t('delete')}
      </Button>
      {isAsking && (
        <Confirm
          title={t('deleteTitle', { codes: `${organisation}/${department}` })}
          deed={t('delete')}
          isDangerous
          isBusy={isPending}
          onConfirm={mutate}
          onClose={() => setIsAsking(false)}
        >
          <p>{t('deleteWhat')}</p>
          {code !== null && (
            <p class="alert" role="alert">
              {code === 'entity-in-use' ? t('inUse') : sayProblem(language, code)}
            </p>
          )}
        </Confirm>
      )}
    </div>
  );
}
