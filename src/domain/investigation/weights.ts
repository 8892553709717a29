import type { ChangeClass, Direction, Latency } from './change-class.ts';
import type { Symptom } from './symptom.ts';

/**
 * All weights of the ranking, in nats (natural log-odds): +1 makes a cause 2.7 times as likely, −1 as
 * much less. They say what holds for systems on AWS at large; how they were found is in
 * docs/ranking.md.
 */
export const WEIGHTS = {
  /** A change picked at random from the hours before an incident is almost never its cause. */
  prior: -2.6,
  /** Nothing in coverage explains it: three to five of ten incidents are no change at all. */
  nothing: 0.7,

  /** Nothing ties it to the alarms, but what is shared by everything needs no tie. */
  untied: -1.6,
  untiedShared: -0.5,
  /** What all traffic takes is tied to everything, and hardly anybody touches it. */
  untiedBroad: 0.6,
  /** Its name carries the name of another system. */
  otherSystem: -2,
  /** Several systems at once fail by what they share: the network, names, rights. */
  widespread: 0.7,
  /** One cause for all alarms is simpler than one for each. */
  severalAlarms: 0.4,
  /** They share a word that few things carry: the name of a system. */
  sharedWord: 2.4,

  /** “Database errors”, and a change of the database. */
  sameLayer: 0.7,

  // Classes of change that typically, or sometimes, show as this symptom.
  fitTypical: 1.5,
  fitPossible: 0.5,
  fitUnlikely: -1.6,
  notRefusing: 1,
  // An alarm on the trail itself counts certain calls: it is one of them, or it is not.
  counted: 3.2,
  notCounted: -3,

  // Who: people at a console break things that pipelines do not; AWS reacts to trouble.
  byPerson: 0.5,
  byService: -3.5,

  /** What a right or a key was taken from would be refused, and that would mostly be on record. */
  noneRefused: -0.5,
  /** AWS says in its refusals what kind of policy says no. */
  refuserChanged: 2.4,
  otherRefuser: -1.5,

  /** Done to the same thing again and again, and it held. */
  doneBefore: -0.5,

  /** Somebody undid it after the trouble began: they thought so too. */
  undone: 1.4,
  /** It did not help: they were mistaken, or put back more than one thing. */
  undoneInVain: 0.2,
  /** The same setting was set again: it may have been put right, or only be set often. */
  setAgain: 0.4,
  /** What was undone is followed by an alarm that is OK again. */
  helped: 0.7,
  /** What no longer holds when the trouble begins is not its cause. */
  undoneBefore: -2,
  superseded: -0.6,
} as const;

/** How ties count: what the alarm watches is the most; each step, and each crowd, is a factor less. */
export const TIE = { most: 3, slope: 2.1, least: 0.5, telling: 0.9 } as const;

/** A change that is made every day without alarms is no suspect; one made once is. */
export const HABIT = { best: 0.5, slope: 0.35, least: -0.9, noted: 0.15, timesMin: 3 } as const;

/** What a change set adds to its best change. */
export const SETS = {
  perDoubling: 0.25,
  near: 1.5,
  together: 0.2,
  togetherMost: 0.4,
  /** Of the odds as a whole: measured on planted causes, the likelihoods were too careful without it. */
  sharpness: 1.15,
} as const;

/** Stolen credentials are used from elsewhere, and mostly had no second factor. */
export const SUSPICION = { 'new-address': 0.9, 'no-mfa': 0.4 } as const;

/** The name of what was set or removed says how much hangs on it. */
export const SETTING = { address: 1.2, throwaway: -1.2 } as const;

/** What is carried out once a day is not felt within the hour. */
export const TOO_SOON = -1.2;

/** AWS works out the bill every few hours: what was bought just now is not in it yet. */
export const BILLS = { notBeforeMs: 2 * 3_600_000, tooSoon: -0.8 } as const;

/** What costs twice as much is more likely what a bill is about. */
export const SPENT = { perDoubling: 0.25, most: 1.2, least: -0.6 } as const;

/** What was changed long before is felt when something starts anew: that takes two to come together. */
export const RESTART = { lessThanAtOnce: 0.4 } as const;

/** Symptoms that show long after their cause: bills and disks add up. Times as slow. */
export const SLOW: Partial<Readonly<Record<Symptom, number>>> = {
  cost: 20,
  usage: 4,
  filling: 6,
  backlog: 2,
  certificate: 4,
  // Sessions, tokens and connections outlive the right that they were made with.
  denied: 2,
};

/** Classes that are felt later than their latency says: a schedule is missed when it is next due. Times as slow. */
export const SLOW_CLASS: Partial<Readonly<Record<ChangeClass, number>>> = {
  'schedule-off': 6,
};

/** How lag counts: best right before the onset, then falling with the logarithm of the lag. */
export const LAG: Readonly<
  Record<
    Latency,
    {
      readonly best: number;
      readonly halfMs: number;
      readonly slope: number;
      readonly least: number;
      /** Before that it is hardly felt. */
      readonly notBeforeMs?: number;
    }
  >
> = {
  // A closed port is felt at once: half an hour later it is hardly the cause.
  instant: { best: 1.6, halfMs: 6 * 60_000, slope: 0.95, least: -2.6 },
  // Deployments take minutes to roll out and need traffic to fail; what works for half an hour mostly works.
  rollout: { best: 1.4, halfMs: 12 * 60_000, slope: 0.9, least: -2.2 },
  // Keys, rights and schedules are felt when something next needs them: soon, or tonight.
  latent: { best: 1, halfMs: 45 * 60_000, slope: 0.4, least: -1.1 },
  // Rules of what is kept are carried out once a day or so.
  overnight: { best: 0.8, halfMs: 24 * 3_600_000, slope: 0.4, least: -1.1, notBeforeMs: 3_600_000 },
};

export const DIRECTION: Readonly<Record<Direction, number>> = {
  // Of a hundred deployments one or two break something; of what is taken away in use, far more.
  destructive: 1,
  restrictive: 0.8,
  changing: 0,
  // Attributes, retention, backups, tags of all kinds.
  tuning: -2.5,
  widening: -0.4,
  adding: -1,
};

/** Where more is the trouble, what adds is no less likely, and what takes away no more. */
export const OF_MORE: ReadonlySet<Symptom> = new Set([
  'cost',
  'usage',
  'security',
  'traffic-surge',
]);

/** What everything behind it shares: it need not be named together with what fails. */
export const SHARED: ReadonlySet<ChangeClass> = new Set([
  'network-closed',
  'network-changed',
  'edge-changed',
  'dns-changed',
  'permission-cut',
  'key-changed',
]);

/** Why a symptom is less, or more, often the work of a change than others are. */
export const NOTHING_BY_SYMPTOM: Partial<Readonly<Record<Symptom, number>>> = {
  // The provider's own hardware.
  'host-fault': 3,
  // Disks and memory fill by themselves.
  filling: 1.2,
  // Demand comes from outside.
  'traffic-surge': 1.2,
  saturated: 0.3,
  latency: 0.2,
  // Somebody made these on purpose.
  security: -1.2,
  denied: -0.6,
  // These run out, leak and grow on their own.
  certificate: 0.8,
  usage: 0.5,
  cost: 0.3,
  throttled: 0.3,
  restarts: 0.3,
};

/** Their names say nothing about who depends on them. */
export const NAMED_FREELY: ReadonlySet<ChangeClass> = new Set([
  'network-closed',
  'network-changed',
  'edge-changed',
  'dns-changed',
]);

type Fits = { readonly typical: string; readonly possible: string };

/** Which symptoms a class of change shows as. What is in neither list it hardly ever shows as. */
export const FITS: Readonly<Record<ChangeClass, Fits>> = {
  'compute-stopped': {
    typical: 'unhealthy errors traffic-drop no-data few-instances',
    possible: 'latency backlog saturated restarts',
  },
  'compute-replaced': {
    typical: 'unhealthy errors restarts',
    possible: 'latency traffic-drop no-data backlog saturated',
  },
  'capacity-cut': {
    typical: 'throttled saturated latency few-instances backlog usage',
    possible: 'errors unhealthy cost traffic-drop',
  },
  'capacity-raised': { typical: 'cost usage', possible: 'saturated errors throttled' },
  'network-closed': {
    typical: 'errors unhealthy traffic-drop latency',
    possible: 'no-data backlog saturated cost denied',
  },
  'network-opened': { typical: 'security', possible: 'traffic-surge' },
  'network-changed': {
    typical: 'errors unhealthy traffic-drop latency',
    possible: 'cost backlog no-data security',
  },
  'targets-changed': {
    typical: 'unhealthy errors traffic-drop',
    possible: 'latency saturated few-instances',
  },
  'edge-changed': {
    typical: 'errors traffic-drop unhealthy',
    // What a cache no longer keeps, its origin has to serve.
    possible: 'latency throttled certificate denied traffic-surge saturated',
  },
  'dns-changed': { typical: 'traffic-drop unhealthy errors', possible: 'latency certificate' },
  // An image or a revision that nothing runs yet.
  prepared: { typical: '', possible: 'errors restarts latency unhealthy' },
  deployed: {
    typical: 'errors latency unhealthy restarts saturated backlog few-instances',
    possible: 'filling traffic-drop throttled denied no-data cost usage',
  },
  // Flags and parameters: mostly read at the next start, mostly harmless.
  'settings-changed': {
    typical: '',
    possible:
      'errors latency saturated unhealthy restarts backlog traffic-drop throttled no-data few-instances',
  },
  reconfigured: {
    typical: 'errors latency saturated',
    possible:
      'unhealthy restarts throttled backlog traffic-drop few-instances no-data denied cost usage',
  },
  'permission-cut': {
    typical: 'denied errors backlog traffic-drop',
    possible: 'unhealthy latency no-data security',
  },
  'permission-widened': { typical: 'security', possible: '' },
  'key-changed': {
    typical: 'denied errors certificate backlog',
    possible: 'traffic-drop unhealthy latency',
  },
  'data-removed': {
    typical: 'errors traffic-drop',
    possible: 'unhealthy backlog no-data restarts few-instances',
  },
  'retention-changed': {
    typical: 'filling',
    possible: 'cost errors restarts few-instances no-data',
  },
  'messaging-changed': {
    typical: 'traffic-drop backlog',
    possible: 'errors no-data throttled usage',
  },
  'schedule-off': { typical: 'traffic-drop no-data', possible: 'backlog cost usage' },
  // A metric that a filter counts falls when the filter goes.
  'watching-off': { typical: 'no-data security', possible: 'cost traffic-drop' },
  exposed: { typical: 'security', possible: '' },
  'credential-made': { typical: 'security', possible: '' },
  'signed-in': { typical: 'security', possible: '' },
  spending: { typical: 'cost usage', possible: 'saturated' },
  removed: { typical: 'errors unhealthy traffic-drop', possible: 'denied no-data backlog latency' },
  created: { typical: '', possible: 'cost usage errors throttled' },
  routine: { typical: '', possible: '' },
};
