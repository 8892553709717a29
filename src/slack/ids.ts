/**
 * Every name that Slack and the bot call something by. `manifest.ts` is built from it, listeners
 * are registered from it, and a test compares both.
 */

export const COMMANDS = { triage: '/triage', trail: '/trail' } as const;

export const MESSAGE_SHORTCUTS = {
  startFromMessage: 'start_triage_from_message',
  addToTimeline: 'add_to_timeline',
} as const;

/** 📌 puts a message on the timeline; taking it off takes it off there too. */
export const TIMELINE_REACTION = 'pushpin';

/** Forms: a button `open:<form>` opens the view `form:<form>`, whose submission is one command. */
export const FORM_IDS = [
  'problem',
  'isolation',
  'hypothesis',
  'rating',
  'note',
  'test',
  'verdict',
  'confirm',
  'rule-out',
  'revive',
  'plan',
  'waiver',
  'implemented',
  'roll-back',
  'verified',
  'verification-failed',
  'findings',
  'escalation',
  'close',
  'reopen',
  'move',
  'severity',
  'owner',
  'decline',
  'edit-section',
  'evaluation',
] as const;

export type FormId = (typeof FORM_IDS)[number];

/** Opens an incident: it has none yet. */
export const START_FORM = 'start';
/** Asks an edited `/trail` question. */
export const QUESTION_FORM = 'question';
/** Asks the person behind a call. */
export const ASK_FORM = 'ask-actor';
/** What that person writes. */
export const COMMENT_FORM = 'actor-comment';
/** Chooses the incident that another one becomes part of. */
export const MERGE_FORM = 'merge';
/** Chooses the alarm that gets an incident of its own. */
export const SEPARATE_FORM = 'separate';
/** Chooses the channel that an incident goes on in. */
export const RELOCATE_FORM = 'relocate';

/** Takes text out of the record. */
export const REDACT_FORM = 'redact';

/** Forms that are no single command on one incident. */
export const OTHER_FORM_IDS = [
  START_FORM,
  QUESTION_FORM,
  ASK_FORM,
  COMMENT_FORM,
  MERGE_FORM,
  RELOCATE_FORM,
  REDACT_FORM,
  SEPARATE_FORM,
] as const;

type OtherForm = (typeof OTHER_FORM_IDS)[number];

/** Buttons that act at once, without a form. */
export const TAP_IDS = [
  'take-ownership',
  'state-drafted',
  'approve-plan',
  'roll-back',
  'gather-again',
  'choose-playbook',
  'show-playbook',
  'ask-check',
  'tick-check',
  'untick-check',
  'publish-again',
  'show-status',
  'show-menu',
  'show-why',
  'open-start-form',
  'share-trail',
  'attach-trail',
  'whole-session',
  'older-matches',
  'newer-matches',
  'show-record',
  'who-assumed',
  'edit-question',
  'ask-suggested',
  'cancel-lookup',
  'ask-actor',
  'answer-planned',
  'answer-mistake',
  'answer-not-me',
  'answer-comment',
  'accept-incident',
  'merge-incident',
  'move-channel',
  'separate-alarm',
  'dismiss-similar',
  'snooze-nudges',
  'snooze-till-tomorrow',
  'stop-nudges',
  'edit-document',
  'release-message',
] as const;

export type TapId = (typeof TAP_IDS)[number];

/** Buttons that only the Home tab has: turning pages, and the picture of the trend. */
export const HOME_ACTIONS = { next: 'home:next', back: 'home:back', trend: 'home:trend' } as const;

export type HomeActionId = (typeof HOME_ACTIONS)[keyof typeof HOME_ACTIONS];

export const openFormAction = <T extends FormId>(form: T): `open:${T}` => `open:${form}`;
export const tapAction = (tap: TapId): string => `tap:${tap}`;
export const formCallback = (form: FormId | OtherForm): string => `form:${form}`;
/** Buttons that only carry a link still send an interaction; it is acknowledged and ignored. */
export const LINK_ACTION = 'link';

/** What is shown in a window of its own: `window:show-menu`. Its buttons are tapped there. */
const WINDOW_TAPS = ['show-status', 'show-menu'] as const satisfies readonly TapId[];

export type WindowTap = (typeof WINDOW_TAPS)[number];

export const windowCallback = (tap: WindowTap): string => `window:${tap}`;

export function isWindowTap(tap: TapId): tap is WindowTap {
  return WINDOW_TAPS.some((id) => id === tap);
}

export function windowOfCallback(callbackId: string): WindowTap | null {
  return WINDOW_TAPS.find((tap) => windowCallback(tap) === callbackId) ?? null;
}

/** `open:problem` → `problem`; null for anything else. */
function formOfAction(actionId: string): FormId | null {
  return FORM_IDS.find((form) => openFormAction(form) === actionId) ?? null;
}

export function formOfCallback(callbackId: string): FormId | null {
  return FORM_IDS.find((form) => formCallback(form) === callbackId) ?? null;
}

export function tapOfAction(actionId: string): TapId | null {
  return TAP_IDS.find((tap) => tapAction(tap) === actionId) ?? null;
}

/** A menu of taps and forms: which one stands in the chosen option's value, before the target. */
export const MENU_ACTION = 'menu';

/** In a form: fills its fields with the chosen text. */
export const FILL_ACTION = 'fill';

/** For an option's `value` (150 characters). */
export function encodeChoice(choice: TapId | `open:${FormId}`, target: Target): string {
  return `${choice}|${encodeTarget(target)}`;
}

interface ChosenAction {
  readonly action_id: string;
  readonly value?: string | null | undefined;
  readonly selected_option?: { readonly value: string } | null | undefined;
}

/** What was tapped, and the text of its target; null for what is no tap. */
export function tapOf(
  action: ChosenAction,
): { readonly tap: TapId; readonly target: string } | null {
  if (action.action_id !== MENU_ACTION) {
    const tap = tapOfAction(action.action_id);
    return tap === null ? null : { tap, target: action.value ?? '' };
  }
  const { choice, target } = chosen(action);
  const tap = TAP_IDS.find((id) => id === choice);
  return tap === undefined ? null : { tap, target };
}

/** Which form was asked for, and the text of its target; null for what asks for none. */
export function formOf(
  action: ChosenAction,
): { readonly form: FormId; readonly target: string } | null {
  const isMenu = action.action_id === MENU_ACTION;
  const { choice, target } = isMenu
    ? chosen(action)
    : { choice: action.action_id, target: action.value ?? action.selected_option?.value ?? '' };
  const form = formOfAction(choice);
  return form === null ? null : { form, target };
}

function chosen({ selected_option }: ChosenAction) {
  const [choice = '', ...rest] = (selected_option?.value ?? '').split('|');
  return { choice, target: rest.join('|') };
}

/** As the item of the button that escalates: the text is for AWS Support. */
export const AWS_SUPPORT = 'aws-support';

/** First posts carry this, so that one whose outcome is unknown is found again instead of doubled. */
export const MESSAGE_METADATA_TYPE = 'redthread_message';

/**
 * What a button or a form is about. Ids only, never authority: who may do it is checked when it
 * arrives. `itemId` is a hypothesis, plan, evidence or lookup id.
 */
export interface Target {
  readonly incidentId: string | null;
  readonly itemId: string | null;
  /** What whoever opened a form had seen, where others may change it meanwhile. */
  readonly basis?: string;
}

/** For a button's `value` (2,000 characters at most) and a view's `private_metadata` (3,000). */
export function encodeTarget(target: Target): string {
  const basis = target.basis === undefined ? '' : `|${target.basis}`;
  return `${target.incidentId ?? ''}|${target.itemId ?? ''}${basis}`;
}

/** A message as an `itemId`, by its timestamp. */
export function encodeMessage(messageTs: string): string {
  return messageTs.replace('.', '-');
}

export function decodeMessage(itemId: string): string {
  return itemId.replace('-', '.');
}

/** One page of the matches of an answer, as an `itemId`. */
export function encodePage(answerId: string, page: number): string {
  return `${answerId}-p${page}`;
}

export function decodePage(
  itemId: string,
): { readonly answerId: string; readonly page: number } | null {
  const match = /^(.+)-p(\d{1,3})$/.exec(itemId);
  return match === null ? null : { answerId: match[1] ?? '', page: Number(match[2]) };
}

/** Null for text that `encodeTarget` cannot have made. */
export function decodeTarget(text: string): Target | null {
  const match = /^([A-Za-z0-9-]{0,40})\|([A-Za-z0-9-]{0,80})(?:\|([A-Za-z0-9-]{1,40}))?$/.exec(
    text,
  );
  if (match === null) return null;
  const [, incidentId, itemId, basis] = match;
  return {
    incidentId: incidentId || null,
    itemId: itemId || null,
    ...(basis === undefined ? {} : { basis }),
  };
}
