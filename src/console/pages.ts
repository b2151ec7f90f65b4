import type { LoadPage } from './shell/lazy.tsx';
import type { Role } from './session/session.ts';

/** A section of the navigation; its name is also its drawing’s and its text’s. */
interface Section {
  readonly name:
    | 'now'
    | 'deliveries'
    | 'entities'
    | 'resends'
    | 'keys'
    | 'audit'
    | 'settings'
    | 'integrators'
    | 'sessions';
  readonly path: string;
  /** Who has a use for it: what somebody may do is decided by the service alone. */
  readonly roles: readonly Role[];
}

const EVERYBODY: readonly Role[] = ['admin', 'operator', 'auditor', 'integrator'];

/** The navigation, in its order. */
export const SECTIONS: readonly Section[] = [
  { name: 'now', path: '/', roles: EVERYBODY },
  { name: 'deliveries', path: '/deliveries', roles: EVERYBODY },
  { name: 'entities', path: '/entities', roles: EVERYBODY },
  { name: 'resends', path: '/resends', roles: ['admin', 'operator'] },
  { name: 'keys', path: '/keys', roles: ['admin'] },
  { name: 'audit', path: '/audit', roles: ['admin', 'auditor'] },
  { name: 'settings', path: '/settings', roles: ['admin', 'operator', 'auditor'] },
  { name: 'integrators', path: '/integrators', roles: EVERYBODY },
  { name: 'sessions', path: '/sessions', roles: EVERYBODY },
];

/** A page: its path, as wouter has them (`/entities/:organisation`), and its code. */
interface PageRoute {
  readonly path: string;
  readonly load: LoadPage;
}

/** Every page. The first that fits is shown; one that is not here is not found. */
export const PAGES: readonly PageRoute[] = [
  { path: '/', load: async () => import('./pages/now.tsx') },
  { path: '/deliveries', load: async () => import('./pages/deliveries.tsx') },
  { path: '/communications', load: async () => import('./pages/communications.tsx') },
  { path: '/deliveries/:id', load: async () => import('./pages/delivery.tsx') },
  { path: '/notifications/:id', load: async () => import('./pages/notification.tsx') },
  { path: '/entities', load: async () => import('./pages/entities.tsx') },
  { path: '/entities/new', load: async () => import('./pages/entity-new.tsx') },
  { path: '/entities/:organisation/:department', load: async () => import('./pages/entity.tsx') },
  { path: '/resends', load: async () => import('./pages/resends.tsx') },
  { path: '/resends/:id', load: async () => import('./pages/resend.tsx') },
  { path: '/keys', load: async () => import('./pages/keys.tsx') },
  { path: '/sessions', load: async () => import('./pages/sessions.tsx') },
  { path: '/audit', load: async () => import('./pages/audit.tsx') },
  { path: '/settings', load: async () => import('./pages/settings.tsx') },
  { path: '/integrators', load: async () => import('./pages/integrators.tsx') },
  { path: '/integrators/:document', load: async () => import('./pages/integrators.tsx') },
  { path: '/components', load: async () => import('./pages/catalogue.tsx') },
];
