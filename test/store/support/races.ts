import type { Store } from '../../../src/ports.ts';
import { anAppend } from '../../support/store-builders.ts';

type Appender = Pick<Store, 'append'>;

/** Lets two clients append at the same version, again and again; how often not exactly one won. */
export async function countBrokenRaces(
  left: Appender,
  right: Appender,
  raceCount: number,
): Promise<number> {
  let brokenCount = 0;
  for (let version = 0; version < raceCount; version += 1) {
    const outcomes = await Promise.all([
      left.append(anAppend({ expectedVersion: version, dedupeId: `left-${version}` })),
      right.append(anAppend({ expectedVersion: version, dedupeId: `right-${version}` })),
    ]);
    const kinds = outcomes.map((outcome) => outcome.kind).sort();
    if (kinds.join() !== 'appended,conflict') brokenCount += 1;
  }
  return brokenCount;
}
