import { type Hypothesis, hypothesesOf } from '../domain/investigation/hypotheses.ts';
import { showHidden } from '../domain/text/markdown-text.ts';
import { utcWords } from '../domain/text/time-words.ts';
import type { InvestigationResult } from './investigation-json.ts';

const SHOWN_MAX = 5;

/** The report for a terminal: when it began, what may explain it and why, and what it rests on. */
export function investigationText({ found, reading, atMs, gaps }: InvestigationResult): string {
  const { onset } = found;
  const lines = [
    onset === null
      ? 'No alarm went off, so there is no trouble to explain.'
      : `It began at ${utcWords(onset.earliestMs)}, as ${onset.episodes.map(({ alarm }) => alarm.name).join(', ')} ${onset.episodes.length === 1 ? 'shows' : 'show'}.`,
    ...(onset === null || onset.stale.length === 0
      ? []
      : [`Left aside, in ALARM for long: ${onset.stale.map(({ name }) => name).join(', ')}`]),
    ...(onset === null || onset.flapping.length === 0
      ? []
      : [
          `Left aside, going off all the time: ${onset.flapping.map(({ name }) => name).join(', ')}`,
        ]),
    '',
    ...hypothesesOf(found)
      .slice(0, SHOWN_MAX)
      .flatMap((row, index) => [
        `${index + 1}. ${row.statement} ${row.confidence}, ${Math.round(row.probability * 100)} %`,
        ...row.for.map((words) => `     + ${words}`),
        ...row.against.map((words) => `     − ${words}`),
        ...suggestionLines(row),
      ]),
    '',
    `Covered: ${utcWords(reading.earliestMs ?? atMs)} to ${utcWords(reading.latestMs ?? atMs)}; ${reading.readCount} calls read, ${reading.skippedCount} left out`,
    `Not seen: ${gaps.join('; ')}`,
  ];
  // Names were chosen by others: none may steer the terminal.
  return `${lines.map((line) => showHidden(line).replace(/[\n\t]/g, ' ')).join('\n')}\n`;
}

/** What is unlikely is not worth a test yet. */
function suggestionLines({ suggestion, confidence }: Hypothesis): readonly string[] {
  if (suggestion === null || confidence === 'unlikely') return [];
  const { test, solution, risk, rollback } = suggestion;
  return [
    `     Test: ${test}`,
    `     If so: ${solution}`,
    `     Risk: ${risk}`,
    `     Back: ${rollback}`,
  ];
}
