import type { FilesReading } from '../aws/files/read-files.ts';
import { type Hypothesis, hypothesesOf } from '../domain/investigation/hypotheses.ts';
import type { Investigation } from '../domain/investigation/investigate.ts';
import type { InvestigationGaps } from './investigation-gaps.ts';
import { jsonText } from './json-text.ts';

export interface InvestigationResult {
  readonly found: Investigation;
  readonly reading: FilesReading;
  readonly atMs: number;
  readonly gaps: InvestigationGaps;
}

const iso = (atMs: number): string => new Date(atMs).toISOString();

/** The investigation as one JSON object; times are ISO in UTC. */
export function investigationJson({ found, reading, atMs, gaps }: InvestigationResult): string {
  const { places, readCount, skippedCount, earliestMs, latestMs } = reading;
  const accounts = places.map(({ accountId }) => accountId).filter((id) => id !== null);
  const document = {
    at: iso(atMs),
    onset: found.onset === null ? null : iso(found.onset.earliestMs),
    alarms: (found.onset?.episodes ?? []).map(({ alarm }) => alarm.name),
    hypotheses: hypothesesOf(found).map(hypothesisJson),
    coverage: {
      from: iso(Math.min(earliestMs ?? atMs, atMs)),
      to: iso(Math.min(latestMs ?? atMs, atMs)),
      regions: [...new Set(places.map(({ region }) => region))].sort(),
      accounts: [...new Set(accounts)].sort(),
      events: readCount,
      skipped: skippedCount,
      gaps: [...gaps.unused, ...gaps.unseen],
    },
  };
  return jsonText(document);
}

function hypothesisJson(hypothesis: Hypothesis, index: number) {
  const { kind, statement, probability, confidence } = hypothesis;
  return {
    rank: index + 1,
    // What was seen but is no change is one way in which no change explains it.
    kind: kind === 'change' ? kind : 'no-change',
    statement,
    probability: Math.floor(probability * 10_000) / 10_000,
    confidence,
    eventIds: kind === 'change' ? hypothesis.eventIds : [],
    actor: kind === 'change' ? hypothesis.actor : null,
    for: hypothesis.for,
    against: hypothesis.against,
  };
}
