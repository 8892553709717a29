import { z } from 'zod';
import { lastToldVersion } from '../domain/incident/document.ts';
import { writeDocument } from '../flows/write-document.ts';
import type { Clock, People, Store, StoredDocument } from '../ports.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
}

/** What only Slack can tell, and an earlier document has. */
const toldBySlackSchema = z.object({
  names: z.record(z.string(), z.string()),
  threadLink: z.string().nullable(),
  evidence: z.array(
    z.object({ link: z.string().nullable(), evidence: z.object({ evidenceId: z.string() }) }),
  ),
});

/**
 * The document as the record is now; one that is still open is told as far as it has come. Without
 * Slack nobody new can be named: it then carries Slack's ids. Null: there is no such incident.
 */
export async function currentDocument(
  { store, clock }: Dependencies,
  incidentId: string,
): Promise<StoredDocument | null> {
  const kept = await store.readDocument(incidentId);
  const version = lastToldVersion(await store.readEvents(incidentId));
  if (kept?.ofVersion === version) return kept;
  const told = kept === null ? null : toldBySlackSchema.parse(JSON.parse(kept.json));
  const people: People = {
    describe: async (userId) => ({
      userId,
      name: told?.names[userId] ?? userId,
      timeZone: 'UTC',
    }),
  };
  const links = [
    ['root', told?.threadLink ?? null] as const,
    ...(told?.evidence ?? []).map(
      ({ link, evidence }) => [`evidence-${evidence.evidenceId}`, link] as const,
    ),
  ].flatMap(([slot, link]) => (link === null ? [] : [[slot, link] as const]));
  return writeDocument({ store, clock, people }, incidentId, new Map(links));
}
