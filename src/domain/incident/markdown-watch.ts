import { durationWords, utcWords } from '../text/time-words.ts';
import type { IncidentDocument } from './document.ts';
import type { MarkdownVoice } from './markdown-voice.ts';
import { isUnread, neverRead, type Watch, type WatchOutcome } from './watch.ts';

const OUTCOME_SENTENCES = {
  quiet: (agreed) => `All stayed OK for ${agreed}.`,
  fired: () => 'One went off again.',
  watching: (agreed) => `They were to stay OK for ${agreed}; that was not seen to its end.`,
} as const satisfies Record<WatchOutcome, (agreed: string) => string>;

/** The alarms after the fix: when each was well again, and whether they stayed so. */
export function watchBlocks({ watch }: IncidentDocument, voice: MarkdownVoice): readonly string[] {
  if (watch === null || watch.alarms.length + watch.unread.length === 0) return [];
  const { outcome, agreedMs }: Watch = watch;
  const rows = watch.alarms.map((alarm) => {
    const { name, region, state, sinceMs, reconfiguredAtMs } = alarm;
    const doubt = isUnread(watch, alarm) ? ', not read at the last look' : '';
    const changed =
      reconfiguredAtMs === null
        ? ''
        : `. It was reconfigured at ${utcWords(reconfiguredAtMs)}: OK may mean only that its rule changed.`;
    return `- ${voice.inline(name)} (${voice.inline(region)}): ${state} since ${utcWords(sinceMs)}${doubt}${changed}`;
  });
  const unread = neverRead(watch).map(
    ({ name, region }) => `- ${voice.inline(name)} (${voice.inline(region)}): could not be read`,
  );
  const { trouble } = watch;
  return [
    `**Alarms that were watched:** ${OUTCOME_SENTENCES[outcome](durationWords(agreedMs))}`,
    [...rows, ...unread].join('\n'),
    ...(trouble === null ? [] : [`At the last look: ${voice.inline(trouble)}`]),
  ];
}
