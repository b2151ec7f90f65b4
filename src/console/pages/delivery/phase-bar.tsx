import { TimeBar, type Stretch } from '../../components/time-bar.tsx';
import { useTexts } from '../../i18n/texts.ts';
import { messageTexts } from '../../texts/message.ts';
import type { AttemptDetail } from './model.ts';

/** Where an attempt’s time went: to connect, to wait for the answer, to read it. */
export function PhaseBar({ phases }: { readonly phases: AttemptDetail['phases'] }) {
  const m = useTexts(messageTexts);
  if (phases === null) return null;
  const { connectingMs, waitingMs, readingMs } = phases;
  const all: readonly (Omit<Stretch, 'length'> & { name: string; length: number | null })[] = [
    { tone: 'idle', name: m('connecting'), length: connectingMs },
    { tone: 'wait', name: m('waiting'), length: waitingMs },
    { tone: 'read', name: m('reading'), length: readingMs },
  ];
  const keys = all.flatMap(({ length, ...key }) => (length === null ? [] : [{ ...key, length }]));
  return <TimeBar caption={m('phases')} stretches={keys.filter(({ length }) => length > 0)} keys={keys} />;
}
