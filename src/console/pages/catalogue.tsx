import { useState } from 'preact/hooks';
import { ApiProblem } from '../api/problem.ts';
import { Badge, type Tone } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { Card } from '../components/card.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { Confirm } from '../components/dialog.tsx';
import { TextField } from '../components/field.tsx';
import { Count } from '../components/number.tsx';
import { Page } from '../components/page.tsx';
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx';
import { Time } from '../components/time.tsx';
import { toast } from '../components/toast.tsx';
import { useTexts } from '../i18n/texts.ts';
import { catalogueTexts } from '../texts/catalogue.ts';

const TONES: readonly Tone[] = ['good', 'wait', 'bad', 'info', 'idle'];
const EXAMPLE = 1_234_567;

/** Every component in both themes and three languages: for who makes pages, and for the tests. No menu leads here. */
export default function Catalogue() {
  const t = useTexts(catalogueTexts);
  const [isAsking, setIsAsking] = useState(false);
  const [text, setText] = useState('');
  const [opened] = useState(() => new Date().toISOString());
  return (
    <Page title={t('title')} actions={<Button>{t('deeds')}</Button>}>
      <div class="stack">
        <Card title={t('states')}>
          <div class="row">
            {TONES.map((tone) => (
              <Badge key={tone} tone={tone}>
                {t(tone)}
              </Badge>
            ))}
          </div>
        </Card>
        <Card title={t('deeds')}>
          <div class="row">
            <Button kind="primary" onClick={() => toast(t('isDone'), () => toast(t('undone')))}>
              {t('doIt')}
            </Button>
            <Button kind="danger" onClick={() => setIsAsking(true)}>
              {t('ask')}
            </Button>
            <Button isBusy>{t('info')}</Button>
          </div>
          {isAsking && (
            <Confirm
              title={t('ask')}
              deed={t('doIt')}
              isDangerous
              onConfirm={() => setIsAsking(false)}
              onClose={() => setIsAsking(false)}
            >
              <p>{t('asked')}</p>
            </Confirm>
          )}
          <TextField
            label={t('field')}
            help={t('fieldHelp')}
            error={text === '' ? t('fieldError') : undefined}
            value={text}
            onInput={setText}
          />
        </Card>
        <Card title={t('values')}>
          <p>
            <Time at={opened} isRelative /> · <Time at={opened} /> · <Count value={EXAMPLE} />{' '}
            <CopyButton value={opened} what={opened} />
          </p>
          <Skeleton lines={2} />
          <EmptyState title={t('empty')} />
          <ErrorState error={new ApiProblem('unavailable', 503, 'The database cannot be used now.')} />
        </Card>
      </div>
    </Page>
  );
}
