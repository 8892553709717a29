import type { RichTextList } from '@slack/types';
import { TRIAGE_HELP } from '../../domain/triage/triage-command.ts';
import { COMMANDS } from '../ids.ts';
import { actions, tapButton } from './buttons.ts';
import { fitMessage } from './fit-message.ts';
import type { MessageContent } from './message.ts';
import { bold, line, list, richText } from './text.ts';

type Example = readonly [typed: string, meaning: string];

const TRIAGE_EXAMPLES: readonly Example[] = [
  ['checkout returns 5xx since 10:42 sev2', 'opens an incident at once'],
  ['', 'opens a form, or the menu of the incident that is open here'],
  ...Object.values(TRIAGE_HELP).map(verbExample),
];

export const TRAIL_EXAMPLES: readonly Example[] = [
  ['who stopped i-0abc1234', 'finds who did it'],
  ['who changed sg-0abc1234 since 3h', 'looks at a stretch of time'],
  ['user:ana@example.com since yesterday', 'shows what somebody did'],
  ['denied since 1h', 'shows refused calls'],
];

/** `escalate TO: REASON: call for help`: what is typed ends at the last colon. */
function verbExample(help: string): Example {
  const at = help.lastIndexOf(': ');
  return [help.slice(0, at), help.slice(at + 2)];
}

const IN_THREADS: readonly string[] = [
  'Slack has no commands in threads: use the buttons there.',
  'Put 📌 on a message to keep it in the record, and take it off to take it out.',
  'In a message’s ⋯ menu: start an incident from it, or add it to the timeline.',
];

/** Both commands with examples that can be typed as they are. `problem`: what was not understood. */
export function renderHelp(problem: string | null = null): MessageContent {
  return fitMessage({
    text: 'How to use Redthread',
    blocks: [
      ...(problem === null ? [] : [richText(line(problem))]),
      richText(
        line(bold('Incidents')),
        examples(COMMANDS.triage, TRIAGE_EXAMPLES),
        line(bold('Who did that in AWS?'), ' Answered to you alone until you share it.'),
        examples(COMMANDS.trail, TRAIL_EXAMPLES),
        line(bold('In an incident’s thread')),
        list(IN_THREADS),
      ),
      ...actions(tapButton('open-start-form', { incidentId: null })),
    ],
  });
}

function examples(command: string, rows: readonly Example[]): RichTextList {
  return list(
    rows.map(([words, meaning]) => [
      { type: 'text', text: `${command} ${words}`.trim(), style: { code: true } },
      ` ${meaning}`,
    ]),
  );
}
