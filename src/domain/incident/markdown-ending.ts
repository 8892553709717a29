import { durationWords } from '../text/time-words.ts';
import type { IncidentDocument } from './document.ts';
import { DURATION_MEANINGS, type Duration } from './durations.ts';
import type { MarkdownVoice } from './markdown-voice.ts';

/** Near the top: what is not known is part of what is known. */
export function missingSection(
  { missing, closure }: IncidentDocument,
  voice: MarkdownVoice,
): readonly string[] {
  const reason = closure?.reason ?? null;
  const rows = missing.map((row) => `- Not recorded: ${row.name}.`);
  return [
    ...(rows.length === 0 ? [] : ['## Missing from the record', rows.join('\n')]),
    ...(reason === null ? [] : ['**Reason given when it was closed**', voice.quote(reason, '')]),
  ];
}

function durationRow({ id, ms }: Duration): string {
  return `| ${id} | ${ms === null ? 'not recorded' : durationWords(ms)} | ${DURATION_MEANINGS[id]} |`;
}

export function durationsSection({ durations }: IncidentDocument): readonly string[] {
  return [
    '## Durations',
    ['| time to | took | meaning |', '| --- | --- | --- |', ...durations.map(durationRow)].join(
      '\n',
    ),
  ];
}
