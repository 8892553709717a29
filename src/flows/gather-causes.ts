import { FAST_BUDGET } from '../domain/investigation/reading-budget.ts';
import {
  type AlarmsFound,
  type ChangesReading,
  changesEvidence,
  changesResult,
  openChanges,
} from './gather-changes.ts';
import type { GatherDependencies, GatheringRun, KindResult } from './gathering.ts';
import { createPace } from './gathering-pace.ts';
import { causeIdsOf, rankEvidence } from './rank-evidence.ts';

const SHOW_EVERY_MS = 1_000;
/** Calls in each Region with alarms before a first ranking. */
const TELLING_CALLS_MIN = 3;

/** Reads on while it shows what there is, about once a second. */
export async function gatherCauses(
  deps: GatherDependencies,
  run: GatheringRun,
  known: { readonly found: AlarmsFound; readonly alarms: Promise<unknown> },
  signal: AbortSignal,
): Promise<KindResult> {
  const { gatheringId } = run.gathering;
  const { found } = known;
  const pace = createPace({ everyMs: SHOW_EVERY_MS, nowMs: deps.clock.nowMs });
  let versions = 0;
  const rank = (isPartial: boolean, version: string, isEarly: boolean) =>
    rankEvidence(
      deps,
      run,
      { reading, found },
      {
        occasion: 'gathering',
        isPartial,
        isEarly,
        dedupeId: `rank-${version}-${gatheringId}`,
      },
    );
  const show = async () => {
    await run.record('page', changesEvidence(deps, run, reading));
    await rankSoFar();
  };
  const rankSoFar = async () => {
    if (!isTelling(reading)) return;
    versions += 1;
    await rank(true, String(versions), true);
  };
  const reading = openChanges(deps, run, found, {
    budget: FAST_BUDGET,
    signal,
    onPage: async (progress) => {
      if (progress === 'page') pace.touch(show);
      else if (reading.lanes.some(({ isDone }) => !isDone)) {
        await run.record('target', changesEvidence(deps, run, reading));
        await rankSoFar();
      }
    },
  });
  await reading.run();
  await pace.settle();
  // Those that AWS was late with say what hangs together, too.
  await known.alarms;
  run.stopped.throwIfAborted();
  const ranking = await rank(
    reading.lanes.some(({ isCutByBudget }) => isCutByBudget),
    'all',
    false,
  );
  await run.record('all', changesEvidence(deps, run, reading, causeIdsOf(ranking)));
  return changesResult(run, reading);
}

/** Before the newest writes and the first of the alarms' own things were read, a ranking would be noise. */
function isTelling({ lanes }: ChangesReading): boolean {
  return lanes
    .filter(({ role }) => role === 'alarms')
    .every(({ isDone, callCount }) => isDone || callCount >= TELLING_CALLS_MIN);
}
