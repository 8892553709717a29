import { normaliseEventName } from '../trail/event-name.ts';
import type { TrailRecord } from '../trail/record.ts';
import type { Onset } from './onset.ts';
import type { Relations } from './relations.ts';

const LIMITS = {
  /** What started longer before the trouble had time enough to fail earlier. */
  leadMs: 30 * 60_000,
  tieMin: 0.45,
  wordMin: 0.35,
} as const;

/** Calls that make something start anew, by people, pipelines or AWS itself: it reads its settings then. */
const STARTING =
  /^(?:ecs\/(?:UpdateService|RunTask|StartTask|CreateTaskSet)|autoscaling\/(?:SetDesiredCapacity|UpdateAutoScalingGroup|StartInstanceRefresh)|ec2\/(?:RunInstances|StartInstances|RebootInstances|CreateFleet)|elasticloadbalancing\/Register\w+|lambda\/Update(?:FunctionCode|FunctionConfiguration|Alias)|eks\/UpdateNodegroup\w+|codedeploy\/CreateDeployment|rds\/(?:Reboot|Start|Failover)DB\w+|elasticache\/Reboot\w+|elasticbeanstalk\/\w*(?:Environment|AppServer)|states\/StartExecution|batch\/SubmitJob|apprunner\/StartDeployment)$/;

/** Starts that may have brought out what was changed before: those shortly before the trouble. */
export function findRestarts(
  records: readonly TrailRecord[],
  onset: Onset,
): readonly TrailRecord[] {
  return records.filter(({ atMs, readOnly, errorCode, eventSource, eventName }) => {
    const isInTime = atMs <= onset.latestMs && atMs >= onset.earliestMs - LIMITS.leadMs;
    if (!isInTime || readOnly || errorCode !== null) return false;
    const service = eventSource.replace(/\.amazonaws\.com$/, '');
    return STARTING.test(`${service}/${normaliseEventName(eventName)}`);
  });
}

/** When something that hangs together with an alarm last started; null when nothing did. */
export function lastStartOf(restarts: readonly TrailRecord[], relations: Relations): number | null {
  const own = restarts.filter(({ resources }) => {
    const names = resources.map(({ name }): string => name);
    const strength = relations.tieOf(names)?.strength ?? 0;
    return (
      strength >= LIMITS.tieMin || (relations.sharedWord(names)?.weight ?? 0) >= LIMITS.wordMin
    );
  });
  return own.reduce<number | null>((last, { atMs }) => Math.max(last ?? atMs, atMs), null);
}
