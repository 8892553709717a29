import { type TargetReport, withAccountNames } from '../domain/coverage.ts';
import type { Evidence } from '../domain/incident/evidence.ts';
import type { Gathering, IncidentState } from '../domain/incident/state.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import { isAppError } from '../errors.ts';
import type {
  ActivitySource,
  AlarmSource,
  Asker,
  AwsTarget,
  FlowDependencies,
  TrailScope,
} from '../ports.ts';
import type { ActInput, ActOutcome } from './act-on-incident.ts';

/** What gathering needs beside what every flow gets. */
export interface GatherDependencies extends FlowDependencies {
  readonly activity: ActivitySource;
  readonly alarms: AlarmSource;
  /** Every account and Region to ask for an incident of this channel, the global ones included. */
  scopeOf(channelId: string): TrailScope;
  /** Tags of alarms are read only where one of these has links by tag; absent: none has. */
  readonly playbooks?: readonly Playbook[];
  readonly act: (deps: FlowDependencies, input: ActInput) => Promise<ActOutcome>;
}

/** One run of a gathering, as its parts see it. */
export interface GatheringRun {
  readonly state: IncidentState;
  readonly gathering: Gathering;
  readonly startedAtMs: number;
  readonly scope: TrailScope;
  /** For whom AWS is asked. */
  readonly asker: Asker;
  readonly record: RecordEvidence;
  /** It was told to stop: nothing more is recorded, it is run again. */
  readonly stopped: AbortSignal;
}

/** What one kind of evidence came to, for the summary. */
export interface KindResult {
  readonly sentence: string;
  readonly targets: readonly TargetReport[];
  readonly recordCount: number;
}

/**
 * Records a version of the evidence when there is more to see than before: after a `page`, now and
 * then, when a `target` has been read while others have not,
 * and at last `all`, more or not. Running again after a crash records nothing twice.
 */
export type RecordEvidence = (
  stage: 'page' | 'target' | 'all',
  evidence: Evidence,
) => Promise<void>;

/** Reads all targets at once; when one is done and others are not, what there is is shown. */
export async function readTargets(
  deps: GatherDependencies,
  { targets }: TrailScope,
  reports: Map<AwsTarget, TargetReport>,
  read: (target: AwsTarget) => Promise<void>,
  show: () => Promise<void>,
): Promise<void> {
  const unread = new Set(targets);
  await Promise.all(
    targets.map(async (target) => {
      const trouble = await readGuarded(deps, target, () => read(target));
      const before = reports.get(target) ?? stillReading(target, 0);
      if (trouble !== null) reports.set(target, { ...before, ...trouble, truncated: true });
      unread.delete(target);
      if (unread.size > 0) await show();
    }),
  );
}

/** Reads one target; a defect met on the way is that target's trouble and hides no other's answer. */
export async function readGuarded(
  deps: Pick<GatherDependencies, 'log'>,
  target: AwsTarget,
  read: () => Promise<void>,
): Promise<Pick<TargetReport, 'outcome' | 'explanation'> | null> {
  try {
    await read();
    return null;
  } catch (error) {
    if (isAppError(error) || isAbort(error)) throw error;
    const { accountId, region } = target;
    deps.log.error('a target could not be read', error, { accountId, region });
    const explanation = `The bot met an error of its own in ${region}; it is in the log.`;
    return { outcome: 'failed', explanation };
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** How a target stands that has not been read to the end. */
export function stillReading(target: AwsTarget, count: number): TargetReport {
  return {
    ...target,
    outcome: count > 0 ? 'found' : 'nothing',
    count,
    truncated: true,
    explanation: 'Still reading.',
  };
}

/** How the targets stand, with what people call their accounts. */
export function namedReports(
  { scope }: GatheringRun,
  reports: ReadonlyMap<AwsTarget, TargetReport>,
): readonly TargetReport[] {
  return withAccountNames([...reports.values()], scope.accountNames);
}

/** For whom the bot works here, and on whose behalf AWS is asked: the owner, or whoever opened it. */
export function askerOf({ ownerId, openedBy }: IncidentState): string | null {
  return ownerId ?? (openedBy.kind === 'person' ? openedBy.userId : null);
}

/** What was not looked at though it could have been, in words. */
export function placeGaps({ targets, accountNames }: TrailScope): readonly string[] {
  const byAccount = [...Map.groupBy(targets, ({ accountId }) => accountId).values()];
  const isSame = new Set(byAccount.map((rows) => regionsOf(rows))).size < 2;
  return [
    isSame ? `Regions other than ${regionsOf(targets)}` : 'Regions not configured for an account',
    ...(byAccount.length < accountNames.size ? ['accounts this channel does not ask about'] : []),
  ];
}

export function regionsOf(targets: readonly { readonly region: string }[]): string {
  const regions = [...new Set(targets.map(({ region }) => region))].sort();
  return regions.length < 2
    ? regions.join()
    : `${regions.slice(0, -1).join(', ')} and ${regions.at(-1)}`;
}
