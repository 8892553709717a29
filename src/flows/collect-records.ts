import type { TrailRecord } from '../domain/trail/record.ts';
import type { ActivityEnd, ActivityPage } from '../ports.ts';

/** All pages of one reading, of which the wanted records are kept, and how it ended. */
export async function collectRecords(
  pages: AsyncGenerator<ActivityPage, ActivityEnd>,
  isWanted: (record: TrailRecord) => boolean = () => true,
): Promise<{ readonly records: readonly TrailRecord[]; readonly end: ActivityEnd }> {
  const records: TrailRecord[] = [];
  for (;;) {
    const step = await pages.next();
    if (step.done) return { records, end: step.value };
    records.push(...step.value.records.filter(isWanted));
  }
}
