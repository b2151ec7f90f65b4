import type { StoryWords } from './story-words.ts';

const WITHOUT = {
  'state-without-callback': 'this state has none',
  'not-by-integration': 'the notification was not made by integration',
  'entity-unknown': 'the entity is not configured',
  'callbacks-off': 'the entity has callbacks switched off',
  'state-switched-off': 'the entity has callbacks of this state switched off',
} as const;

/** Stories in English. */
export const ENGLISH: StoryWords = {
  states: {
    PENDENT: { subject: 'the creation', of: 'of the creation' },
    REGISTRADA: { subject: 'the registration', of: 'of the registration' },
    DIPOSITADA: { subject: 'the deposit', of: 'of the deposit' },
    ACCEPTADA: { subject: 'the acceptance', of: 'of the acceptance' },
    REBUTJADA: { subject: 'the rejection', of: 'of the rejection' },
    EXPIRADA: { subject: 'the expiry', of: 'of the expiry' },
    ERROR: { subject: 'the error', of: 'of the error' },
    ANUL·LADA: { subject: 'the cancellation', of: 'of the cancellation' },
  },
  daily: (day) => ({ subject: `the daily report of ${day}`, of: `of the daily report of ${day}` }),
  webService: (owner) => (owner === null ? 'the integrator’s web service' : `the web service ${owner}`),

  acknowledgedAtOnce: ({ subject }, when) => `${subject} was told at the first attempt, ${when}.`,
  acknowledgedAfter: ({ subject }, nth, service, did, when) =>
    `${subject} was told at the ${nth}, ${when}.${did === null ? '' : ` Before that, ${service} ${did}.`}`,
  exhausted: ({ subject }, attempts, service, did) =>
    `${subject} could not be told, and ${attempts} are spent${did === null ? '' : `: ${service} ${did}`}.`,
  cancelled: ({ of }, reason, when) =>
    `An operator cancelled the delivery ${of} ${when}${reason === null ? '' : `. The reason: ${reason}`}.`,
  retrying: ({ subject }, service, did, when, left) =>
    `${subject} could not be told yet${did === null ? '' : `: ${service} ${did}`}. ${when === null ? 'It is tried again at once' : `It is tried again ${when}`}; left: ${left}.`,
  sending: ({ subject }, nth) => `${subject} is being sent right now, at the ${nth}.`,
  queued: ({ subject }) => `${subject} is in the queue and goes out at once.`,
  waitsFor: {
    earlier: ({ subject }) =>
      `${subject} waits for the delivery of an earlier state of the same notification.`,
    window: ({ subject }) => `${subject} waits for its turn at the integrator’s server.`,
    probed: ({ subject }, when) =>
      `${subject} waits: the integrator’s server is in trouble, and one delivery is tried there from time to time; the next ${when}.`,
    paused: ({ subject }, since, reason) =>
      `${subject} waits: an operator paused the entity’s deliveries${since === null ? '' : ` ${since}`}${reason === null ? '' : `. The reason: ${reason}`}.`,
    suspended: ({ subject }, since) =>
      `${subject} waits: the web service did nothing but fail, and this service stopped sending there${since === null ? '' : ` ${since}`}.`,
    incomplete: ({ subject }) => `${subject} waits until the entity’s configuration is complete.`,
    notAllowed: ({ subject }) => `${subject} waits: nothing may be sent to the address that is configured.`,
    inexpressible: ({ subject }) =>
      `${subject} waits: message version 3.2 cannot say it, and the endpoint has to go over to 4.0.`,
  },
  interrupted: (attempts) =>
    attempts === 1
      ? 'One of the attempts was broken off by this service.'
      : `${attempts} of the attempts were broken off by this service.`,
  late: 'It came late: a later state had been sent already.',
  resent: 'It is a resend.',
  others: (acknowledged, exhausted, cancelled, open) =>
    [
      acknowledged === 0
        ? ''
        : acknowledged === 1
          ? 'Another callback was acknowledged.'
          : `${acknowledged} other callbacks were acknowledged.`,
      exhausted === 0
        ? ''
        : exhausted === 1
          ? 'Another callback spent all its attempts.'
          : `${exhausted} other callbacks spent all their attempts.`,
      cancelled === 0
        ? ''
        : cancelled === 1
          ? 'Another callback was cancelled.'
          : `${cancelled} other callbacks were cancelled.`,
      open === 0
        ? ''
        : open === 1
          ? 'Another callback has yet to go out.'
          : `${open} other callbacks have yet to go out.`,
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),

  noCallback: ({ of }, reason) => `There is no callback ${of}: ${WITHOUT[reason]}.`,
  nothingYet: 'There is nothing to tell.',
  dailyOnly: (day, isAcknowledged) =>
    isAcknowledged
      ? `It was told by the daily report of ${day}, which was acknowledged.`
      : `It goes into the daily report of ${day}, which is not acknowledged yet.`,

  changed: (state) => `The notification came to ${state}.`,
  cameLate: (state, after) => `The notification came to ${state}; this service learnt of it ${after} later.`,
  joinedDaily: (day) => `The change went into the daily report of ${day}.`,
  made: ({ of }) => `The callback ${of} was made ready.`,
  madeAgain: ({ of }) => `The callback ${of} was made ready once more, to be sent again.`,
  attempted: (nth, service, did, lasting) => `${nth}: ${service} ${did} (${lasting}).`,
  confirmed: (nth, service, lasting) => `${nth}: ${service} acknowledged it (${lasting}).`,
  brokenOff: (nth) =>
    `${nth}: this service broke it off before the answer was known; the integrator may have the report.`,
  blocked: ({ subject }) => `${subject} could not be sent under the configuration of then.`,
  waited: {
    retry: (lasting) => `It waited ${lasting} for the next attempt.`,
    earlier: (lasting) => `It waited ${lasting} for the delivery before it.`,
    configuration: (lasting) => `It waited ${lasting} for the configuration to be corrected.`,
    paused: (lasting) => `It waited ${lasting}, while the entity’s deliveries were paused.`,
    suspended: (lasting) => `It waited ${lasting}, while the endpoint was suspended.`,
    window: (lasting) => `It waited ${lasting} for its turn.`,
    queue: (lasting) => `It was in the queue for ${lasting}.`,
    unknown: (lasting) => `It waited ${lasting}.`,
  },
  ended: {
    acknowledged: ({ subject }) => `${subject} is told: the integrator has acknowledged it.`,
    exhausted: ({ of }) => `There will be no further attempts for the callback ${of}.`,
    cancelled: ({ of }) => `The callback ${of} was cancelled.`,
  },
  recover: 'It can be sent again, or the integrator recovers it with RecuperarReport.',
  next: {
    retry: (nth, when) => `Then comes the ${nth}, ${when}.`,
    soon: (nth) => `Then comes the ${nth}, as soon as it can.`,
  },
};
