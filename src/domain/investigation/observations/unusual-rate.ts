import { nameInArn, rateWords } from '../../trail/insight.ts';
import type { InsightFinding, TrailRecord } from '../../trail/record.ts';
import type { Point } from '../point.ts';
import type { Symptom } from '../symptom.ts';
import type { Observation, Sight } from './observation.ts';
import {
  explainedPoint,
  fitPoint,
  priorPoint,
  tiePoint,
  timePoint,
  whenWords,
} from './observation-points.ts';
import { OBSERVED } from './observation-weights.ts';

const LIMITS = {
  /** What was unusual an hour before was usual again by then, or is felt late. */
  beforeMs: 60 * 60_000,
  ratioMost: 0.6,
  perDoubling: 0.15,
} as const;

/** Metrics whose service records its calls under another name. */
const SERVICE_OF: Readonly<Record<string, string>> = {
  applicationelb: 'elasticloadbalancing',
  networkelb: 'elasticloadbalancing',
  elb: 'elasticloadbalancing',
  ebs: 'ec2',
  natgateway: 'ec2',
  ecr: 'ecr',
  efs: 'elasticfilesystem',
  elasticmapreduce: 'elasticmapreduce',
};

/** What CloudTrail Insights found unusual around the onset, as an explanation of it. */
export function observeRates(sight: Sight): readonly Observation[] {
  const { onset } = sight.scene;
  const findings = sight.records.flatMap((record) => {
    const { insight } = record;
    return insight === null ? [] : [{ record, insight, fromMs: beganMs(record, insight) }];
  });
  const near = findings.filter(({ fromMs }) => fromMs >= onset.earliestMs - LIMITS.beforeMs);
  const byFinding = Map.groupBy(near, ({ record }) => record.sharedEventId ?? record.eventId);
  return [...byFinding.values()].flatMap((records) => {
    const [first] = records;
    return first === undefined
      ? []
      : [
          observationOf(
            first,
            records.map(({ record }) => record.eventId),
            sight,
          ),
        ];
  });
}

function beganMs({ atMs }: TrailRecord, { state, durationMinutes }: InsightFinding): number {
  return state === 'end' ? atMs - (durationMinutes ?? 0) * 60_000 : atMs;
}

function observationOf(
  { record, insight, fromMs }: { record: TrailRecord; insight: InsightFinding; fromMs: number },
  eventIds: readonly string[],
  sight: Sight,
): Observation {
  const who = insight.attributions
    .filter(({ attribute }) => attribute === 'identity')
    .map(({ value }) => nameInArn(value).replace(/^(?:assumed-role|role|user)\//, ''));
  const names = [...who, ...record.resources.map(({ name }): string => name)];
  const points: readonly Point[] = [
    priorPoint('unusual-rate'),
    tiePoint(sight.scene, names),
    servicePoint(record, sight),
    fitPoint('unusual-rate', sight.scene),
    timePoint(sight.scene.onset, fromMs),
    ratioPoint(insight),
    explainedPoint(sight, showsOf(insight)),
  ];
  return {
    kind: 'unusual-rate',
    statement: statementOf(record, insight, who, fromMs - sight.scene.onset.earliestMs),
    thing: who[0] ?? null,
    eventIds,
    atMs: fromMs,
    points,
  };
}

function showsOf({ errorCode }: InsightFinding): readonly Symptom[] {
  if (errorCode === null) return ['usage', 'throttled'];
  return /Denied|Unauthori[sz]ed/i.test(errorCode) ? ['denied'] : ['errors', 'throttled'];
}

function servicePoint({ eventSource }: TrailRecord, { scene }: Sight): Point {
  const service = eventSource.replace(/\.amazonaws\.com$/, '');
  const isSame = scene.views.some(({ episode }) => {
    const name = (episode.alarm.namespace ?? '').replace(/^AWS\//, '').toLowerCase();
    return (SERVICE_OF[name] ?? name) === service;
  });
  const words = `the alarm watches the same service, ${service}`;
  return isSame ? { weight: OBSERVED.sameService, words } : { weight: 0, words: '' };
}

function ratioPoint({ insightPerMinute: now, baselinePerMinute: usual }: InsightFinding): Point {
  if (now === null || usual === null || now <= usual) return { weight: 0, words: '' };
  const ratio = now / Math.max(usual, now / 1_000);
  const weight = Math.min(LIMITS.ratioMost, LIMITS.perDoubling * Math.log2(ratio));
  return { weight, words: `${rateWords(now)}, where ${rateWords(usual)} is usual` };
}

function statementOf(
  { eventName, eventSource }: TrailRecord,
  { errorCode, insightPerMinute, baselinePerMinute }: InsightFinding,
  who: readonly string[],
  afterMs: number,
): string {
  const what = errorCode === null ? 'calls' : `calls that fail with ${errorCode}`;
  const now = insightPerMinute === null ? '' : ` (${rateWords(insightPerMinute)}`;
  const usual = baselinePerMinute === null ? ')' : `, usually ${rateWords(baselinePerMinute)})`;
  const rates = now === '' ? '' : `${now}${usual}`;
  const by =
    who.length === 0 ? 'it does not say by whom' : `put down to ${who.slice(0, 2).join(', ')}`;
  const service = eventSource.replace(/\.amazonaws\.com$/, '');
  return `CloudTrail Insights saw unusually many ${what} of ${service} ${eventName}${rates}, ${by}; it began ${whenWords(afterMs)}.`;
}
