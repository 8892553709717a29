import { durationWords, utcWords } from '../text/time-words.ts';
import type { IncidentDocument } from './document.ts';
import type { MarkdownVoice } from './markdown-voice.ts';
import type { Watch, WatchOutcome } from './watch.ts';

const OUTCOME_SENTENCES = {
  quiet: (agreed) => `All stayed OK for ${agreed}.`,
  fired: () => 'One went off again.',
  watching: (agreed) => `They were to stay OK for ${agreed}; that was not seen to its end.`,
} as const satisfies Record<WatchOutcome, (agreed: string) => string>;

/** The alarms after the fix: when each was well again, and whether they stayed so. */
export function watchBlocks({ watch }: IncidentDocument, voice: MarkdownVoice): readonly string[] {
  if (watch === null || watch.alarms.length === 0) return [];
  const { outcome, agreedMs }: Watch = watch;
  const rows = watch.alarms.map(
    ({ name, region, state, sinceMs }) =>
      `- ${voice.inline(name)} (${voice.inline(region)}): ${state} since ${utcWords(sinceMs)}`,
  );
  return [
    `**Alarms that were watched:** ${OUTCOME_SENTENCES[outcome](durationWords(agreedMs))}`,
    rows.join('\n'),
  ];
}
