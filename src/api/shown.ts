import { seesBodies, type Caller } from '../domain/key.ts';
import type { CommunicationView } from '../store/communications.ts';
import type { NotificationView } from '../store/notifications.ts';

/** The log's rows as a caller is shown them: an error's text may quote a body, and counts as one. */
export function shownTo({ role }: Caller, communications: readonly CommunicationView[]): CommunicationView[] {
  return seesBodies(role) ? [...communications] : communications.map(withoutText);
}

/** A row of the log as those are shown it who see no bodies. */
export function withoutText(communication: CommunicationView): CommunicationView {
  return { ...communication, errorText: null };
}

/** The same for a notification: who signed, and where they are told, is what a body says. */
export function withoutPersons(notification: NotificationView): NotificationView {
  const stateChanges = notification.stateChanges.map((change) => ({
    ...change,
    signer: null,
    channelChange: null,
  }));
  return { ...notification, stateChanges };
}
