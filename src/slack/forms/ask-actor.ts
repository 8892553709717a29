import type { KnownBlock, ModalView } from '@slack/types';
import type { Standing } from '../../domain/access/decide-access.ts';
import type { TextRule } from '../../domain/incident/command-texts.ts';
import type { Inquiry } from '../../domain/incident/inquiry.ts';
import { DEFAULT_ACTOR_QUESTION, STATEMENT_LIMITS } from '../../domain/incident/statement.ts';
import { CONFIDENCE_WORDS, plainReason } from '../../domain/trail/identity-words.ts';
import type { Call } from '../../flows/read-call.ts';
import type { Account, FoundAccount } from '../../ports.ts';
import { askedBeforeParts } from '../blocks/actor-question.ts';
import { BLOCK_LIMITS } from '../blocks/limits.ts';
import { callLines } from '../blocks/statement-items.ts';
import { bold, line, type Part, plain, richText, typed } from '../blocks/text.ts';
import { ASK_FORM, decodeTarget, encodeTarget, formCallback, type Target } from '../ids.ts';
import { modal, notice, personField, textField } from './fields.ts';
import type { FormValues } from './form.ts';
import { readValues } from './read-values.ts';

const TITLE = 'Ask the actor';

const QUESTION_RULE: TextRule = {
  label: 'The question',
  charactersMax: STATEMENT_LIMITS.questionCharactersMax,
  required: true,
};

/** Kept in the view while somebody fills it in: ids only. */
export interface AskPlace {
  readonly eventId: string;
  readonly incidentId: string | null;
  readonly channelId: string;
  /** Whom the view has warned about already, so that asking once more means it. */
  readonly warnedId: string | null;
}

export function encodeAskPlace({ eventId, incidentId, channelId, warnedId }: AskPlace): string {
  return `${encodeTarget({ incidentId, itemId: eventId })}|${channelId}|${warnedId ?? ''}`;
}

export function decodeAskPlace(text: string): AskPlace | null {
  const match = /^(.*)\|([A-Z0-9]{1,30})\|([A-Z0-9]{0,30})$/.exec(text);
  const target: Target | null = decodeTarget(match?.[1] ?? '');
  if (match === null || target?.itemId == null) return null;
  const { incidentId, itemId } = target;
  return { eventId: itemId, incidentId, channelId: match[2] ?? '', warnedId: match[3] || null };
}

/** What there is to say about an account before it is written to; null: nothing. */
export const STANDING_WARNINGS = {
  member: null,
  guest: 'is a guest here. A guest sees what you send, with the names in it.',
  stranger: 'belongs to another organisation. It sees what you send, with the names in it.',
  bot: 'is an app, and cannot answer.',
  deactivated: 'has a deactivated account, and gets no messages.',
} as const satisfies Record<Standing, string | null>;

/** Who cannot be asked at all, whatever the asker says. */
export const UNREACHABLE: ReadonlySet<Standing> = new Set(['bot', 'deactivated']);

/** Opened at once: Slack lets a form be opened only within three seconds of the tap. */
export function buildWaiting(): ModalView {
  return sentenceView('Looking up the call and who is behind it …');
}

/** Without fields: a form that can only be closed. */
export function sentenceView(...parts: Part[]): ModalView {
  return {
    type: 'modal',
    callback_id: formCallback(ASK_FORM),
    title: plain(TITLE, BLOCK_LIMITS.viewTitleCharactersMax),
    close: plain('Close', BLOCK_LIMITS.viewTitleCharactersMax),
    blocks: [richText(line(...parts))],
  };
}

export function askedBeforeView(inquiry: Inquiry, isOnRecord: boolean): ModalView {
  const next = isOnRecord
    ? 'Nothing was sent again. What they answer goes on the record of this incident too.'
    : 'Nothing was sent again. You are told when they answer.';
  return sentenceView(...askedBeforeParts(inquiry), ' ', next);
}

/** Who was found for the e-mail address of the record; null: it has none. */
export interface Match {
  readonly email: string;
  readonly found: FoundAccount;
}

export function buildAskForm(options: {
  readonly place: AskPlace;
  readonly call: Call;
  readonly match: Match | null;
  /** What this person was asked about this call before. */
  readonly earlier: Inquiry | null;
}): ModalView {
  const { place, call, match, earlier } = options;
  const account = match?.found.kind === 'found' ? match.found.account : null;
  const isReachable = account !== null && !UNREACHABLE.has(account.standing);
  return modal({
    callbackId: formCallback(ASK_FORM),
    privateMetadata: encodeAskPlace({ ...place, warnedId: warnedIdOf(account) }),
    title: TITLE,
    submit: 'Ask',
    blocks: [
      callBlock(call),
      richText(
        line(...matchParts(match)),
        account === null ? null : warningLine(account),
        earlier === null ? null : line('ℹ️ ', ...askedBeforeParts(earlier)),
      ),
      ...fields(isReachable ? account.userId : null, DEFAULT_ACTOR_QUESTION),
      seenBy(place),
    ],
  });
}

/** The same form once more, when the asker chose somebody about whom there is something to say. */
export function warnAgain(options: {
  readonly place: AskPlace;
  readonly account: Account;
  readonly question: string;
}): ModalView {
  const { place, account, question } = options;
  return modal({
    callbackId: formCallback(ASK_FORM),
    privateMetadata: encodeAskPlace({ ...place, warnedId: account.userId }),
    title: TITLE,
    submit: 'Ask all the same',
    blocks: [
      richText(warningLine(account), line('Nothing was sent yet.')),
      ...fields(account.userId, question),
      seenBy(place),
    ],
  });
}

function callBlock({ who, record }: Call): KnownBlock {
  const kind = who.kind === 'human' ? '' : ', not known whether a person or a machine';
  return richText(
    line(bold('As AWS recorded it:')),
    ...callLines(who.label, record),
    line(
      'Sure who? ',
      bold(CONFIDENCE_WORDS[who.confidence]),
      `${kind}: ${plainReason(who.reason)}`,
    ),
  );
}

function matchParts(match: Match | null): Part[] {
  if (match === null) {
    return ['AWS recorded no e-mail address here, so choose who it was.'];
  }
  const email: Part = typed(match.email, 200);
  switch (match.found.kind) {
    case 'found':
      return ['Found in Slack by ', email, '. Check that this is whom you mean.'];
    case 'nobody':
      return ['Nobody in this workspace has the address ', email, '. Choose who it was.'];
    case 'unknown':
      return [`I could not look up `, email, `: ${match.found.sentence} Choose who it was.`];
  }
}

function warningLine({ name, standing }: Account) {
  const warning = STANDING_WARNINGS[standing];
  return warning === null ? null : line('⚠️ ', bold(name), ` ${warning}`);
}

function warnedIdOf(account: Account | null): string | null {
  return account !== null && account.standing !== 'member' ? account.userId : null;
}

function fields(initial: string | null, question: string): KnownBlock[] {
  const person = personField({
    name: 'person',
    label: 'Who is it in Slack?',
    initial,
  });
  return [
    { ...person, optional: false },
    textField({
      name: 'question',
      label: 'What do you ask?',
      rule: QUESTION_RULE,
      initial: question,
      lines: 'many',
    }),
  ];
}

function seenBy({ incidentId }: AskPlace): KnownBlock {
  const answer =
    incidentId === null
      ? 'Only you are told the answer.'
      : 'Question and answer are shown in the thread and stay on the record.';
  return notice(
    `They get a direct message from me with the call, your name and the question. ${answer}`,
  );
}

export type AskFormResult =
  | { readonly kind: 'asked'; readonly personId: string; readonly question: string }
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> };

export function parseAskForm(values: FormValues): AskFormResult {
  const read = readValues(values);
  const personId = read.person('person');
  const question = read.text('question', QUESTION_RULE);
  if (personId === null) read.refuse('person', 'Choose whom to ask.');
  const errors = read.errors();
  if (personId === null || Object.keys(errors).length > 0) return { kind: 'errors', errors };
  return { kind: 'asked', personId, question };
}
