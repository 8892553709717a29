import type { AlarmTransition } from '../alarm/alarm.ts';
import { normaliseEventName } from '../trail/event-name.ts';
import type { TrailRecord } from '../trail/record.ts';
import {
  type ChangeIndex,
  countBefore,
  type IndexedCall,
  mainThing,
  otherThings,
} from './change-index.ts';
import type { Onset } from './onset.ts';
import { isPutBack } from './size.ts';

const LIMITS = {
  /** An alarm is OK again this long after its cause was undone: periods of minutes, several of them. */
  recoveryMs: 30 * 60_000,
  /** An alarm that is still on this long after something was undone was not helped by it. */
  patienceMs: 20 * 60_000,
  /** What comes later still has nothing to do with it. */
  nextMax: 20,
} as const;

/** What puts a call right again; `$1` is what follows the verb. First fit decides. */
const INVERSES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^Revoke(.*)/, ['Authorize$1']],
  [/^Authorize(.*)/, ['Revoke$1']],
  [/^(?:Stop|Terminate|Pause)(.*)/, ['Start$1', 'Run$1', 'Resume$1']],
  [/^Start(.*)/, ['Stop$1', 'Cancel$1']],
  [/^Run(Instances)$/, ['Terminate$1', 'Stop$1']],
  [/^Disable(.*)/, ['Enable$1']],
  [/^Enable(.*)/, ['Disable$1']],
  [/^Suspend(.*)/, ['Resume$1']],
  [/^Enter(Standby)/, ['Exit$1']],
  [/^Detach(.*)/, ['Attach$1']],
  [/^Attach(.*)/, ['Detach$1']],
  [/^DeleteSecret$/, ['RestoreSecret']],
  [/^ScheduleKeyDeletion$/, ['CancelKeyDeletion']],
  [/^DeleteFunctionConcurrency$/, ['PutFunctionConcurrency']],
  [/^Delete(.*)s$/, ['Create$1', 'Create$1s', 'Put$1']],
  [/^Delete(.*)/, ['Create$1', 'Put$1']],
  [/^Create(.*)/, ['Delete$1', 'Delete$1s']],
  [/^Deregister(.*)/, ['Register$1']],
  [/^Register(Targets|ScalableTarget)/, ['Deregister$1']],
  [/^Remove(.*)/, ['Add$1', 'Put$1']],
  [/^Disassociate(.*)/, ['Associate$1', 'Replace$1Association']],
  [/^Associate(.*)/, ['Disassociate$1']],
  [/^Put(.*)/, ['Put$1', 'Delete$1']],
];

const MACHINE = /^i-[0-9a-f]+$/;

export interface Reversal {
  /** The inverse call on the same thing, or the same setting set once more. */
  readonly by: string;
  readonly isInverse: boolean;
  /** Soon after, an alarm was OK again. */
  readonly helped: boolean;
  /** No alarm was OK again, though there was time enough. */
  readonly wentOn: boolean;
}

export interface Reversals {
  /** After the trouble began. */
  afterOnset(record: TrailRecord): Reversal | null;
  /** Before it began: what is undone by then cannot be the cause. */
  beforeOnset(record: TrailRecord): Reversal | null;
}

export function createReversals(
  index: ChangeIndex,
  onset: Onset,
  transitions: readonly AlarmTransition[],
  nowMs: number,
): Reversals {
  const names = new Set<string>(onset.episodes.map(({ alarm }) => alarm.name));
  const recoveries = transitions
    .filter(
      ({ to, atMs, alarmName }) => to === 'OK' && atMs > onset.latestMs && names.has(alarmName),
    )
    .map(({ atMs }) => atMs);
  const helpedAt = (atMs: number) =>
    recoveries.some((okMs) => okMs >= atMs && okMs - atMs <= LIMITS.recoveryMs);
  const wentOnAfter = (atMs: number) =>
    nowMs - atMs >= LIMITS.patienceMs && !recoveries.some((okMs) => okMs >= atMs);
  return {
    afterOnset: (record) =>
      findReversal(index, record, onset.latestMs + 1, Infinity, {
        helpedAt,
        wentOnAfter,
      }),
    beforeOnset: (record) =>
      findReversal(index, record, record.atMs + 1, onset.earliestMs - 1, {
        helpedAt: () => false,
        wentOnAfter: () => false,
      }),
  };
}

function findReversal(
  index: ChangeIndex,
  record: TrailRecord,
  fromMs: number,
  toMs: number,
  { helpedAt, wentOnAfter }: Record<'helpedAt' | 'wentOnAfter', (atMs: number) => boolean>,
): Reversal | null {
  const [machine = null] = machinesOf(record);
  const main = machine ?? mainThing(record);
  if (main === null) return null;
  const name = normaliseEventName(record.eventName);
  const [shape, inverses = []] = INVERSES.find(([pattern]) => pattern.test(name)) ?? [];
  const wanted = shape === undefined ? [name] : inverses.map((to) => name.replace(shape, to));
  const found = wanted
    .flatMap((call) => nextCalls(index.callsOn(record.eventSource, call, main), fromMs))
    .filter((later) => later.atMs <= toMs && isAboutTheSame(record, later.record));
  const back = found.find(
    (later) => later.name !== name || isPutBack(record, later.record) === true,
  );
  // The same once more, smaller still or a newer revision, puts nothing right.
  const by = back ?? found.find((later) => isPutBack(record, later.record) === null);
  if (by === undefined) return null;
  return {
    by: by.name,
    isInverse: back !== undefined,
    helped: found.some(({ atMs }) => helpedAt(atMs)),
    wentOn: found.every(({ atMs }) => wentOnAfter(atMs)),
  };
}

function nextCalls(calls: readonly IndexedCall[], fromMs: number): readonly IndexedCall[] {
  const first = countBefore(calls, fromMs);
  return calls.slice(first, first + LIMITS.nextMax);
}

/** Of a start, what was started: the image comes first in what it names, and stays. */
function machinesOf({ eventName, resources }: TrailRecord): readonly string[] {
  if (eventName !== 'RunInstances') return [];
  return resources.map(({ name }): string => name).filter((name) => MACHINE.test(name));
}

/** Another target put into the same group, another rule into the same list, puts nothing back. */
function isAboutTheSame(own: TrailRecord, later: TrailRecord): boolean {
  const machines = machinesOf(own);
  // One of twelve that ends leaves eleven.
  if (machines.length > 0) {
    const ended = new Set(later.resources.map(({ name }): string => name));
    return machines.every((machine) => ended.has(machine));
  }
  const [port, otherPort] = [portOf(own), portOf(later)];
  if (port !== null && otherPort !== null) return port === otherPort;
  const [rest, otherRest] = [otherThings(own), otherThings(later)];
  if (rest.size === 0 || otherRest.size === 0) return true;
  return [...rest].some((thing) => otherRest.has(thing));
}

function portOf({ details }: TrailRecord): string | null {
  return details.find(({ label }) => label === 'from port')?.value ?? null;
}
