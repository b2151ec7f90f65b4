import { createContext } from 'preact';
import { useContext, useEffect } from 'preact/hooks';
import { unattendedMs } from '../api/attendance.ts';
import { signOut, type Session } from './session.ts';

/** How often it is looked whether anybody is there, in milliseconds. */
const LOOK_EVERY_MS = 5_000;

/** The session that the pages below are shown in. */
export const SessionContext = createContext<Session | null>(null);

/** Who is signed in, on every page within the shell. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('this is shown to nobody who is not signed in');
  return session;
}

/** Signs out when nobody was at any tab for as long as the service says. */
export function useIdleSignOut({ idleSeconds }: Session): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (unattendedMs() >= idleSeconds * 1_000) void signOut(true);
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [idleSeconds]);
}
