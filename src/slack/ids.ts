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
] as const;

export type FormId = (typeof FORM_IDS)[number];

/** Opens an incident: the one form that has no incident yet. */
export const START_FORM = 'start';

/** Buttons that act at once, without a form. */
export const TAP_IDS = [
  'take-ownership',
  'approve-plan',
  'gather-again',
  'publish-again',
  'show-status',
  'show-menu',
  'open-start-form',
  'share-trail',
  'attach-trail',
  'whole-session',
] as const;

export type TapId = (typeof TAP_IDS)[number];

export const openFormAction = (form: FormId): string => `open:${form}`;
export const tapAction = (tap: TapId): string => `tap:${tap}`;
export const formCallback = (form: FormId | typeof START_FORM): string => `form:${form}`;
/** Buttons that only carry a link still send an interaction; it is acknowledged and ignored. */
export const LINK_ACTION = 'link';

/** `open:problem` → `problem`; null for anything else. */
export function formOfAction(actionId: string): FormId | null {
  return FORM_IDS.find((form) => openFormAction(form) === actionId) ?? null;
}

export function formOfCallback(callbackId: string): FormId | null {
  return FORM_IDS.find((form) => formCallback(form) === callbackId) ?? null;
}

export function tapOfAction(actionId: string): TapId | null {
  return TAP_IDS.find((tap) => tapAction(tap) === actionId) ?? null;
}

/** First posts carry this, so that one whose outcome is unknown is found again instead of doubled. */
export const MESSAGE_METADATA_TYPE = 'redthread_message';

/**
 * What a button or a form is about. Ids only, never authority: who may do it is checked when it
 * arrives. `itemId` is a hypothesis, plan, evidence or lookup id.
 */
export interface Target {
  readonly incidentId: string | null;
  readonly itemId: string | null;
}

/** For a button's `value` (2,000 characters at most) and a view's `private_metadata` (3,000). */
export function encodeTarget(target: Target): string {
  return `${target.incidentId ?? ''}|${target.itemId ?? ''}`;
}

/** Null for text that `encodeTarget` cannot have made. */
export function decodeTarget(text: string): Target | null {
  const match = /^([A-Za-z0-9-]{0,40})\|([A-Za-z0-9-]{0,80})$/.exec(text);
  if (match === null) return null;
  return { incidentId: match[1] || null, itemId: match[2] || null };
}
