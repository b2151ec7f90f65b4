import type { paths } from '../api/schema.ts';
import type { Text, Texts } from '../i18n/texts.ts';

export type Story =
  paths['/v1/deliveries/{id}/story']['get']['responses'][200]['content']['application/json'];
export type StoryItem = Story['items'][number];

/** A life as a timeline; its sentences are the service’s own. */
export const storyTexts = {
  timeline: { ca: 'Què ha passat', es: 'Qué ha pasado', en: 'What happened' },
  toDelivery: { ca: 'Enviament', es: 'Envío', en: 'Delivery' },
  toAttempt: { ca: 'Missatges de l’intent', es: 'Mensajes del intento', en: 'Messages of the attempt' },
  unknownTime: { ca: 'quan es pugui', es: 'cuando se pueda', en: 'when it can' },
  where: { ca: 'En què s’ha anat el temps', es: 'En qué se ha ido el tiempo', en: 'Where the time went' },
  wait: { ca: 'Esperant', es: 'Esperando', en: 'Waiting' },
  good: { ca: 'Intent confirmat', es: 'Intento confirmado', en: 'Acknowledged attempt' },
  bad: { ca: 'Intents fallits', es: 'Intentos fallidos', en: 'Failed attempts' },
  idle: { ca: 'Preparació i cua', es: 'Preparación y cola', en: 'Preparation and queue' },
  total: { ca: 'En total', es: 'En total', en: 'In all' },
} as const satisfies Texts;

/** What each moment of a life is, for who does not see its drawing. */
export const momentTexts: Readonly<Record<StoryItem['kind'], Text>> = {
  change: { ca: 'Canvi d’estat', es: 'Cambio de estado', en: 'Change of state' },
  delivery: { ca: 'Enviament preparat', es: 'Envío preparado', en: 'Delivery made' },
  attempt: { ca: 'Intent', es: 'Intento', en: 'Attempt' },
  wait: { ca: 'Espera', es: 'Espera', en: 'Wait' },
  end: { ca: 'Final', es: 'Final', en: 'End' },
  next: { ca: 'Pròxim pas', es: 'Próximo paso', en: 'What comes next' },
};
