import { holdLive, useLive } from '../api/live.ts';
import { useTexts } from '../i18n/texts.ts';
import { liveTexts } from '../texts/live.ts';
import { Button } from './button.tsx';

/** Says whether what is shown follows what happens, and lets its reader hold it. */
export function Live() {
  const t = useTexts(liveTexts);
  const state = useLive();
  return (
    <div class="live">
      <span class={`live-state live-${state}`} role="status">
        {t(state)}
      </span>
      <Button kind="quiet" isSmall onClick={() => holdLive(state !== 'held')}>
        {t(state === 'held' ? 'follow' : 'hold')}
      </Button>
    </div>
  );
}
