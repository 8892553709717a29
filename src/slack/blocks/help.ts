import type { RichTextElement, RichTextList, RichTextSection } from '@slack/types';
import { TRIAGE_HELP, type TriageError } from '../../domain/triage/triage-command.ts';
import { COMMANDS } from '../ids.ts';
import { actions, tapButton } from './buttons.ts';
import { fitMessage } from './fit-message.ts';
import type { MessageContent } from './message.ts';
import { bold, copyable, line, list, type Part, richText, typed } from './text.ts';

type Example = readonly [typed: string, meaning: string];

const TRIAGE_EXAMPLES: readonly Example[] = [
  ['checkout returns 5xx since 10:42 sev2', 'opens an incident at once'],
  ['bill jumps playbook:cost', 'opens one with the playbook you name'],
  ['', 'opens a form, or the menu of the incident that is open here'],
  ...Object.values(TRIAGE_HELP).map(verbExample),
];

export const TRAIL_EXAMPLES: readonly Example[] = [
  ['who stopped i-0abc1234', 'finds who did it, in the last 24 hours'],
  ['who changed sg-0abc1234 since 3h', 'looks at a stretch of time'],
  ['changed is:human since 22:00', 'leaves out pipelines and functions'],
  ['what did ana@example.com since yesterday', 'shows all that somebody did'],
  ['what did ASIAEXAMPLEKEY123 since 12h', 'shows what a session or an access key did'],
  ['who assumed role break-glass since 2d', 'finds who took a role'],
  ['denied since 1h', 'shows refused calls'],
  ['id:4f9f11ab-3c1d-4a77-9e0b-1d2c3b4a5f60', 'explains one record by its event id'],
];

const TRAIL_HINTS: readonly Part[] = [
  [code('account:'), ' and ', code('region:'), ' narrow it, ', code('-user:bot'), ' leaves out.'],
  [code('in:logs'), ' and ', code('in:lake'), ' look in your log groups and in CloudTrail Lake.'],
];

/** `escalate TO: REASON: call for help`: what is typed ends at the last colon. */
function verbExample(help: string): Example {
  const at = help.lastIndexOf(': ');
  return [help.slice(0, at), help.slice(at + 2)];
}

const IN_THREADS: readonly string[] = [
  'Slack has no commands in threads: use the buttons there.',
  'On the board of hypotheses, Why? shows all reasons; Confirm and Rule out take one line.',
  'Put 📌 on a message to keep it in the record, and take it off to take it out.',
  'In a message’s ⋯ menu: start an incident from it, or add it to the timeline.',
];

/** `/trail` alone: what it is good for, and nothing else on a small screen. */
export function renderTrailHelp(): MessageContent {
  return fitMessage({
    text: 'How to ask who did what in AWS',
    blocks: [richText(...trailHelp(), line('For incidents: ', code(`${COMMANDS.triage} help`)))],
  });
}

/** Both commands with examples that can be typed as they are. `problem`: what was not understood. */
export function renderHelp(problem: string | null = null): MessageContent {
  return fitMessage({
    text: 'How to use Redthread',
    blocks: [
      ...(problem === null ? [] : [richText(line(problem))]),
      richText(
        line(bold('Incidents')),
        examples(COMMANDS.triage, TRIAGE_EXAMPLES),
        ...trailHelp(),
        line(bold('In an incident’s thread')),
        list(IN_THREADS),
      ),
      ...actions(tapButton('open-start-form', { incidentId: null })),
    ],
  });
}

/** Nothing was done: the line as it may be meant, and the one that opens an incident, to copy. */
export function renderAsk({
  sentence,
  suggestion,
  title,
  titleId,
}: Pick<TriageError, 'sentence' | 'suggestion' | 'title'> & {
  /** Under which the title is kept for the button; null: there is none. */
  readonly titleId: string | null;
}): MessageContent {
  const copied = (typed: string) => copyable(`${COMMANDS.triage} ${typed}`);
  return fitMessage({
    text: 'Did you mean this?',
    blocks: [
      richText(
        line(typed(sentence)),
        suggestion === null ? null : line('Then type: ', copied(suggestion)),
        title === null ? null : line('To open an incident with this title: ', copied(title)),
        line('All the words: ', code(`${COMMANDS.triage} help`)),
      ),
      ...(titleId === null
        ? []
        : actions(
            tapButton(
              'open-start-form',
              { incidentId: null, itemId: titleId },
              { label: 'Open it with this title' },
            ),
          )),
    ],
  });
}

function trailHelp(): (RichTextSection | RichTextList)[] {
  return [
    line(bold('Who did that in AWS?'), ' Answered to you alone until you share it.'),
    examples(COMMANDS.trail, TRAIL_EXAMPLES),
    list(TRAIL_HINTS),
  ];
}

function examples(command: string, rows: readonly Example[]): RichTextList {
  return list(rows.map(([words, meaning]) => [code(`${command} ${words}`.trim()), ` ${meaning}`]));
}

function code(text: string): RichTextElement {
  return { type: 'text', text, style: { code: true } };
}
