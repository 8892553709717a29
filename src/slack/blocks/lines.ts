import type { KnownBlock } from '@slack/types';
import { neededFrom } from '../../domain/incident/escalation-text.ts';
import type {
  IncidentEvent,
  IncidentEventType,
  RecordedEvent,
} from '../../domain/incident/events.ts';
import { handoverAt } from '../../domain/incident/handover.ts';
import { TEST_LOOK } from '../../domain/incident/hypotheses.ts';
import { isOfStorm } from '../../domain/incident/incident-alarms.ts';
import type { History } from '../../domain/incident/record.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { isSecuritySign, SECURITY_SIGN } from '../../domain/incident/statement.ts';
import { durationWords } from '../../domain/text/time-words.ts';
import { briefInShort } from './brief.ts';
import { slackLink } from './links.ts';
import type { MessageContent } from './message.ts';
import { movesParts, nowLeadsPart } from './move-lines.ts';
import { OWNER_LEFT_NOTE } from './owner-left.ts';
import { saidParts } from './statement-items.ts';
import {
  actor,
  bold,
  channel,
  line,
  link,
  mention,
  type Part,
  richText,
  show,
  typed,
} from './text.ts';
import { windowLine } from './window-line.ts';
import { HYPOTHESIS_WORDS, notification, SEVERITY_WORDS, stepTitle } from './words.ts';

const REASON_CHARACTERS_MAX = 300;

interface LineWords {
  /** Our own words, for the lock screen. */
  readonly notice: string;
  readonly parts: Part;
  /** What is to be done about it now. */
  readonly buttons?: readonly KnownBlock[];
}

type LineOf<T extends IncidentEventType> = (
  event: Extract<IncidentEvent, { type: T }>,
  recorded: RecordedEvent,
  state: IncidentState,
  /** What was so at the time stays so in a line. */
  history: History,
) => LineWords | null;

/** Only what changes what people do next; everything else is seen on the cards. */
const LINES: { readonly [T in IncidentEventType]?: LineOf<T> } = {
  'step-entered': ({ step, reason }) =>
    reason === null
      ? null
      : {
          notice: stepTitle(step),
          parts: ['➡️ ', bold(stepTitle(step)), '. ', typed(reason, REASON_CHARACTERS_MAX)],
        },
  'alarm-changed': alarmLine,
  'owner-changed': ({ ownerId }, recorded, _state, history) => ({
    notice: ownerId === null ? 'nobody owns it now' : 'a new owner',
    parts: ['👤 ', ownerWords(ownerId, recorded.actor), handoffPart(recorded, history)],
  }),
  'severity-changed': ({ severity }, { actor: by }) => {
    const { mark, short } = SEVERITY_WORDS[severity];
    return {
      notice: `now ${short}`,
      parts: [`${mark} `, bold(`Now ${short}`), ', set by ', actor(by)],
    };
  },
  'causes-ranked': (_event, recorded, _state, history) => {
    const parts = movesParts(recorded, history);
    return parts === null ? null : { notice: 'likelihoods moved', parts };
  },
  'test-concluded': ({ hypothesisId, verdict, finding }, recorded, state, history) => {
    const { mark, word } = HYPOTHESIS_WORDS[verdict];
    const name = `Hypothesis ${hypothesisNumber(state, hypothesisId)} ${word}`;
    const lead = verdict === 'eliminated' ? nowLeadsPart(recorded, history) : null;
    return {
      notice: name,
      parts: [
        `${mark} `,
        bold(name),
        ' by ',
        actor(recorded.actor),
        ': ',
        reasonPart(finding),
        lead,
      ],
    };
  },
  // The card with the question is changed in place, which tells nobody that the answer is there.
  'evidence-recorded': ({ evidence }) => {
    if (evidence.kind !== 'statement' || evidence.answer === null) return null;
    const { comment } = evidence.answer;
    return {
      notice: 'the person who was asked has answered',
      parts: [
        ...saidParts(evidence),
        ', asked by ',
        mention(evidence.askedBy),
        comment === null ? null : [': ', reasonPart(comment)],
        isSecuritySign(evidence) ? ['. ', SECURITY_SIGN] : null,
      ],
    };
  },
  // People know what they noted; the bot notes what it has found since.
  'note-added': ({ noteId, text }, { actor: by }) => {
    if (by.kind !== 'bot') return null;
    const said = typed(text, REASON_CHARACTERS_MAX);
    if (noteId.startsWith(OWNER_LEFT_NOTE)) {
      return { notice: 'its owner has left the channel', parts: ['🚪 ', said] };
    }
    return noteId.startsWith(TEST_LOOK)
      ? { notice: 'what was read for the test', parts: ['🧪 ', said] }
      : { notice: 'a change arrived late', parts: ['🕔 ', said] };
  },
  'hypothesis-revived': ({ hypothesisId, reason }, { actor: by }, state) => {
    const name = `Hypothesis ${hypothesisNumber(state, hypothesisId)} is open again`;
    return {
      notice: name,
      parts: ['💡 ', bold(name), ', says ', actor(by), ': ', reasonPart(reason)],
    };
  },
  'window-began': windowLine,
  'approval-waived': ({ reason }, { actor: by }) => ({
    notice: 'the plan goes ahead without approval',
    parts: [
      '⚠️ ',
      bold('Going ahead without approval'),
      ', decided by ',
      actor(by),
      ': ',
      reasonPart(reason),
    ],
  }),
  'watch-checked': ({ watch }) =>
    watch.outcome !== 'quiet'
      ? null
      : {
          notice: 'the alarms have stayed OK',
          parts: [
            '🟢 ',
            bold(`The alarms have stayed OK for ${durationWords(watch.agreedMs)}`),
            '. Does it work for people, too?',
          ],
        },
  'incident-escalated': (event, { actor: by }) => ({
    notice: 'escalated',
    parts: [
      '📣 ',
      bold('Escalated to'),
      ' ',
      typed(event.to, REASON_CHARACTERS_MAX),
      ' by ',
      actor(by),
      ': ',
      reasonPart(neededFrom(event)),
    ],
  }),
  'incident-closed': ({ reason }, { actor: by }) => ({
    notice: 'closed',
    parts: [
      '☑️ ',
      bold('Closed'),
      ' by ',
      actor(by),
      reason === null ? null : [': ', reasonPart(reason)],
    ],
  }),
  'incident-moved': ({ fromChannelId, fromPermalink }, { actor: by }) => ({
    notice: 'moved here',
    parts: [
      '➡️ ',
      bold('Moved here'),
      ' from ',
      channel(fromChannelId),
      ' by ',
      actor(by),
      '. What was posted before is ',
      link(slackLink(fromPermalink), 'in the thread there'),
      '.',
    ],
  }),
  'incident-reopened': ({ reason }, { actor: by }) => ({
    notice: 'reopened',
    parts: ['🔓 ', bold('Reopened'), ' by ', actor(by), ': ', reasonPart(reason)],
  }),
  'record-redacted': ({ places, reason }, { actor: by }) => ({
    notice: 'text taken out of the record',
    parts: [
      '⬛ ',
      bold('Text taken out of the record'),
      ` in ${places} ${places === 1 ? 'place' : 'places'} by `,
      actor(by),
      ': ',
      reasonPart(reason),
    ],
  }),
  'work-abandoned': ({ task, reason }) => ({
    notice: 'something could not be done',
    parts: [
      '⚠️ ',
      bold('Could not be done:'),
      ' ',
      typed(task, REASON_CHARACTERS_MAX),
      '. ',
      reasonPart(reason),
    ],
  }),
};

/** What opened the incident is on its card, and what ended it is told by the end. */
function alarmLine(
  { change, mergedFrom }: Extract<IncidentEvent, { type: 'alarm-changed' }>,
  { atMs }: RecordedEvent,
  state: IncidentState,
): LineWords | null {
  const { openedAtMs, proposal } = state;
  // Those that joined are told together, on one card that is kept up to date.
  if (mergedFrom === null && isOfStorm(state, change)) return null;
  const isEnd = proposal?.verdict === 'lapsed' && proposal.atMs === atMs;
  if (atMs === openedAtMs || isEnd) return null;
  if (change.to !== 'ALARM') {
    return { notice: 'an alarm is OK', parts: ['✅ ', show(change.name), ' is ', bold('OK')] };
  }
  const how = mergedFrom === null ? ' fires' : ` joined, merged from ${mergedFrom}`;
  return { notice: 'an alarm fires', parts: ['🔔 ', show(change.name), how] };
}

/** The line of a state change; null for events that nobody needs to be told about. */
export function renderLine(
  state: IncidentState,
  recorded: RecordedEvent,
  history: History,
): MessageContent | null {
  const words = lineWords(recorded.event, recorded, state, history);
  if (words === null) return null;
  const blocks = [richText(line(words.parts)), ...(words.buttons ?? [])];
  return { text: notification(state, words.notice), blocks };
}

function lineWords<T extends IncidentEventType>(
  event: Extract<IncidentEvent, { type: T }>,
  recorded: RecordedEvent,
  state: IncidentState,
  history: History,
): LineWords | null {
  const build = LINES[event.type as T] as LineOf<T> | undefined;
  return build?.(event, recorded, state, history) ?? null;
}

function ownerWords(ownerId: string | null, by: RecordedEvent['actor']): Part {
  if (ownerId === null) return [bold('Nobody owns it now'), ', given up by ', actor(by)];
  const isOwnDoing = by.kind === 'person' && by.userId === ownerId;
  return [mention(ownerId), ' owns it now', isOwnDoing ? null : [', named by ', actor(by)]];
}

/** Where it stood then; what changes later is seen on the cards. */
function handoffPart(recorded: RecordedEvent, history: History): Part {
  const handover = handoverAt(recorded, history);
  return handover === null ? null : ['. ', briefInShort(handover.state)];
}

function hypothesisNumber(state: IncidentState, hypothesisId: string): string {
  const found = state.hypotheses.find((row) => row.hypothesisId === hypothesisId);
  return found === undefined ? '' : String(found.number);
}

function reasonPart(reason: string): Part {
  return typed(reason, REASON_CHARACTERS_MAX) ?? 'no reason given';
}
