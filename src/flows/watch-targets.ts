import type { TargetOutcome } from '../domain/coverage.ts';
import type { ActivityEnd, ActivitySource, AlarmSource, AwsTarget, Clock } from '../ports.ts';

export type AwsService = 'CloudTrail' | 'CloudWatch';

/** What a service last answered in one account and Region. */
export interface TargetAnswer {
  readonly service: AwsService;
  readonly outcome: TargetOutcome;
  readonly explanation: string | null;
  readonly atMs: number;
}

/** Remembers the last answers since the process started. */
export interface TargetWatch {
  answersOf(target: AwsTarget): readonly TargetAnswer[];
  /** The same source; what it answers is remembered. */
  activity(source: ActivitySource): ActivitySource;
  alarms(source: AlarmSource): AlarmSource;
}

/** More accounts and Regions than any installation lists. */
const TARGETS_MAX = 1_000;

type Answered = Pick<TargetAnswer, 'outcome' | 'explanation'>;

const UNREAD: ActivityEnd = {
  outcome: 'nothing',
  accountId: null,
  recordCount: 0,
  skippedCount: 0,
  truncated: true,
  explanation: null,
};

const FOUND: Answered = { outcome: 'found', explanation: null };

export function createTargetWatch(clock: Clock): TargetWatch {
  const answers = new Map<string, TargetAnswer>();
  const keyOf = (service: AwsService, { accountId, region }: AwsTarget) =>
    `${service} ${accountId ?? 'own'} ${region}`;
  const note = (service: AwsService, target: AwsTarget, { outcome, explanation }: Answered) => {
    if (answers.size >= TARGETS_MAX) answers.clear();
    const answer = { service, outcome, explanation, atMs: clock.nowMs() };
    answers.set(keyOf(service, target), answer);
  };
  return {
    answersOf: (target) =>
      (['CloudTrail', 'CloudWatch'] as const)
        .map((service) => answers.get(keyOf(service, target)))
        .filter((answer) => answer !== undefined),
    activity: (source) => ({
      ...source,
      async *readPages(request, signal) {
        const pages = source.readPages(request, signal);
        try {
          for (;;) {
            const page = await pages.next();
            note('CloudTrail', request.target, page.done === true ? page.value : FOUND);
            if (page.done === true) return page.value;
            yield page.value;
          }
        } finally {
          // Whoever stops reading in the middle stops the source, too; after the end this does nothing.
          await pages.return(UNREAD);
        }
      },
    }),
    alarms: (source) => ({
      ...source,
      async readAlarms(request, signal) {
        const reading = await source.readAlarms(request, signal);
        note('CloudWatch', request.target, reading);
        return reading;
      },
    }),
  };
}
