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
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { organisation, department } = entity;
  const remove = async (): Promise<void> => {
    setIsBusy(true);
    try {
      const path = { organisation, department };
      await done(api.DELETE('/v1/entities/{organisation}/{department}', { params: { path } }));
      await queries.invalidateQueries({ queryKey: ['entities'] });
      toast(t('deleted'));
      navigate('/entities', { replace: true });
    } catch (error) {
      const { code } = problemOf(error);
      setProblem(code === 'entity-in-use' ? t('inUse') : sayProblem(language, code));
      setIsBusy(false);
    }
  };
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
          isBusy={isBusy}
          onConfirm={() => void remove()}
          onClose={() => setIsAsking(false)}
        >
          <p>{t('deleteWhat')}</p>
          {problem !== null && (
            <p class="alert" role="alert">
              {problem}
            </p>
          )}
        </Confirm>
      )}
    </div>
  );
}
