import { useState } from 'preact/hooks';
import { Button } from '../../components/button.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { guideTexts } from '../../texts/guide.ts';
import type { Entity } from '../entity/calls.ts';
import { TestCard } from '../entity/test.tsx';
import type { GoTo } from './steps.ts';

/** The first test: whoever gets it acknowledged goes on. */
export function TestStep({ entity, goTo }: { readonly entity: Entity; readonly goTo: GoTo }) {
  const t = useTexts(guideTexts);
  const [isAcknowledged, setIsAcknowledged] = useState(false);
  return (
    <div class="form">
      <TestCard entity={entity} onAcknowledged={() => setIsAcknowledged(true)} />
      <div class="row">
        <Button onClick={() => goTo('address', entity)}>{t('changeAddress')}</Button>
        <Button onClick={() => goTo('access', entity)}>{t('changeAccess')}</Button>
        <Button kind={isAcknowledged ? 'primary' : 'plain'} onClick={() => goTo('on', entity)}>
          {isAcknowledged ? t('next') : t('later')}
        </Button>
      </div>
    </div>
  );
}
