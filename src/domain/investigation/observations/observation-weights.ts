import type { ObservationKind } from '../../incident/ranking.ts';

/**
 * Weights of observations, in nats. They share out what speaks for "no change on record did it":
 * a score of 0 makes one as likely as that nothing on record explains it at all.
 */
export const OBSERVED = {
  /** It names what the alarm is about, or nothing ties it. */
  tied: 1.5,
  tiedByWord: 1,
  untied: -2.2,
  /** Machines come and go: whose one was is seldom on record. */
  untiedMachine: -0.4,
  fitTypical: 1,
  fitPossible: 0.3,
  fitUnlikely: -1.5,
  /** Causes come before their effects; what fails afterwards mostly fails because of them. */
  inTime: 0.4,
  late: -2,
  /** What failed before as well, only less, failed without trouble. */
  isNew: 0.5,
  perDoubling: 0.25,
  oftenMost: 1,
  /** A change on record that would show just so says why: this is then its effect. */
  explained: -2.5,
  /** AWS mostly acts because something is ill already. */
  reaction: -1.3,
  /** The finding is about the service that the alarm watches. */
  sameService: 0.6,
  scoreMost: 3,
} as const;

/** Seen by itself, before anything ties it to the alarm. */
export const OBSERVED_PRIOR: Readonly<Record<ObservationKind, number>> = {
  // Programs are refused something all day; mostly nobody waits for it.
  'denied-calls': -1.3,
  'limit-reached': -1.2,
  // AWS says itself that it had none: rare, and always true.
  'no-capacity': 0,
  // What is not found is mostly only asked for.
  'failing-calls': -1.8,
  'unusual-rate': -1.3,
  // People travel and change their tools.
  'suspicious-identity': -2.2,
  'aws-event': -0.6,
};

/** How much of the odds of an observation it adds to "no change on record did it". */
export const OBSERVED_GAIN: Readonly<Record<ObservationKind, number>> = {
  // Behind a refusal or a missing thing stands mostly a change, on record or not.
  'denied-calls': 0.03,
  'failing-calls': 0.03,
  'suspicious-identity': 0.03,
  // Load and limits come without changes.
  'limit-reached': 0.1,
  'unusual-rate': 0.1,
  // The provider's own doing is no change of anybody here.
  'no-capacity': 0.2,
  'aws-event': 0.2,
};

/** From this score on a change explains what was seen. */
export const EXPLAINS_FROM = 1;

type Fits = { readonly typical: string; readonly possible: string };

/** Which symptoms it shows as; what is in neither list it hardly ever shows as. */
export const OBSERVED_FITS: Readonly<Record<ObservationKind, Fits>> = {
  'denied-calls': {
    typical: 'denied errors',
    possible: 'backlog traffic-drop unhealthy no-data restarts latency few-instances',
  },
  'limit-reached': {
    typical: 'throttled usage errors',
    possible: 'latency backlog saturated traffic-drop few-instances no-data',
  },
  'no-capacity': {
    typical: 'few-instances backlog saturated',
    possible: 'unhealthy latency errors throttled no-data restarts traffic-drop',
  },
  'failing-calls': {
    typical: 'errors',
    possible: 'backlog traffic-drop unhealthy no-data restarts latency few-instances denied',
  },
  'unusual-rate': {
    typical: 'throttled usage cost traffic-surge',
    possible: 'errors latency saturated backlog security denied',
  },
  'suspicious-identity': { typical: 'security', possible: 'denied cost usage' },
  'aws-event': {
    typical: 'host-fault unhealthy few-instances no-data',
    possible: 'errors latency backlog saturated traffic-drop restarts certificate denied',
  },
};

/** What is odd about an identity; two of them together are no chance. */
export const ODDITIES = {
  'new-address': 0.9,
  'new-region': 0.7,
  'new-tool': 0.2,
  'no-mfa': 0.6,
  root: 1.2,
  'watching-off': 1.2,
  'tried-doors': 1.2,
  'guessed-password': 1,
} as const;

export type Oddity = keyof typeof ODDITIES;
