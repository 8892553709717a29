import type { Alarm } from '../alarm/alarm.ts';
import type { Assessment, Ranking } from '../incident/ranking.ts';
import { untrusted } from '../untrusted.ts';

/** What people say about an incident that no alarm tells of. */
export interface ReportedTrouble {
  readonly title: string;
  /** Ids, names or ARNs that they named. */
  readonly resources: readonly string[];
  readonly startedAtMs: number;
  readonly accountId: string | null;
  readonly region: string;
}

/** People's times are rounded. */
const SAID_PERIOD_SECONDS = 600;

/** What the words of a report would be called, were they a metric; the first that fits. */
const SAID_AS: readonly (readonly [RegExp, string])[] = [
  [/denied|forbidden|permission|unauthori[sz]ed|\b403\b|not allowed/i, 'AccessDeniedCount'],
  [/throttl|rate.?limit|\b429\b|quota/i, 'ThrottledRequests'],
  [/slow|latency|time?d?.?out|hang(?:s|ing)|lag/i, 'Latency'],
  [
    /\bdown\b|unreach|outage|offline|refus|\bssh\b|cannot (?:reach|connect)|not respond/i,
    'UnHealthyHostCount',
  ],
  [/\bbills?\b|\bcosts?\b|spend|budget|expensive/i, 'EstimatedCharges'],
  [/queue|backlog|piling|stuck/i, 'ApproximateAgeOfOldestMessage'],
  [/\bdisk\b|storage full|out of space/i, 'FreeStorageSpace'],
];
const SAID_OTHERWISE = 'Errors';

/**
 * A report in the form that the engine reads: as if an alarm with this title had watched what
 * people named, and had first breached when they say it began. Never shown as an alarm.
 */
export function asAlarm(report: ReportedTrouble): Alarm {
  const { title, resources, startedAtMs, accountId, region } = report;
  const metric = SAID_AS.find(([pattern]) => pattern.test(title))?.[1] ?? SAID_OTHERWISE;
  return {
    name: untrusted(title),
    kind: 'metric',
    accountId,
    region,
    state: 'ALARM',
    stateReason: untrusted(''),
    transitionedAtMs: startedAtMs,
    namespace: null,
    metric,
    dimensions: resources.map((value) => ({ name: 'Resource', value: untrusted(value) })),
    threshold: null,
    comparison: metric === 'FreeStorageSpace' ? 'LessThanThreshold' : 'GreaterThanThreshold',
    periodSeconds: SAID_PERIOD_SECONDS,
    drawable: null,
    evaluation: { breachedFromMs: startedAtMs, periodSeconds: SAID_PERIOD_SECONDS },
    children: [],
    contributors: [],
  };
}

/** The engine's words speak of an alarm. */
const SAID_WORDS: readonly (readonly [string, string])[] = [
  ['which the alarm watches', 'which people named'],
  ['what the alarm watches', 'what people named'],
  ['the alarm', 'the report'],
];

/** The ranking of a report: no alarm is named, and the words say whose word it rests on. */
export function asReported(ranking: Ranking): Ranking {
  return {
    ...ranking,
    onset: ranking.onset === null ? null : { ...ranking.onset, alarms: [] },
    causes: ranking.causes.map((row) => ({ ...row, assessment: inTheirWords(row.assessment) })),
    basis: {
      ...ranking.basis,
      gaps: [
        'no alarm tells when it began: what people said is taken for it',
        ...ranking.basis.gaps,
      ],
    },
  };
}

function inTheirWords(assessment: Assessment): Assessment {
  const said = (words: string) =>
    SAID_WORDS.reduce((text, [from, to]) => text.replaceAll(from, to), words);
  return { ...assessment, for: assessment.for.map(said), against: assessment.against.map(said) };
}
