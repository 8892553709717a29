import type { KnownBlock } from '@slack/types';
import type { TrailLead } from '../../domain/trail/answer.ts';
import { mayBePerson } from '../../domain/trail/email-of.ts';
import { encodePage } from '../ids.ts';
import { actions, isAimable, linkEntry, overflowMenu, tapButton, tapEntry } from './buttons.ts';
import { recordLink } from './links.ts';

export interface TrailButtons {
  readonly answerId: string;
  readonly incidentId: string | null;
  /** The AWS console of the partition; null: no link. */
  readonly consoleUrl: string | null;
}

/** What is used most is a button, the first row of a phone; the rest is behind the dots. */
export function answerButtons(
  lead: TrailLead | null,
  { answerId, incidentId, consoleUrl }: TrailButtons,
  /** There are more matches than this page shows. */
  hasMore: boolean,
): KnownBlock[] {
  if (!isAimable(answerId)) return [];
  const aim = { incidentId, itemId: answerId };
  const canShare = lead !== null;
  return actions(
    canShare ? tapButton('share-trail', aim) : null,
    canShare && incidentId !== null ? tapButton('attach-trail', aim) : null,
    lead === null ? null : askButton(lead, incidentId),
    hasMore ? olderButton(aim, answerId, 1) : null,
    tapButton('edit-question', aim),
    lead === null ? null : leadMenu(lead, { incidentId, consoleUrl }),
  );
}

/** Under the second page and those after it. */
export function pageButtons(
  { answerId, incidentId }: TrailButtons,
  page: { readonly asked: number; readonly shown: number; readonly hasMore: boolean },
): KnownBlock[] {
  if (!isAimable(answerId)) return [];
  const aim = { incidentId, itemId: answerId };
  const newer = { incidentId, itemId: encodePage(answerId, Math.max(0, page.shown - 1)) };
  return actions(
    tapButton('newer-matches', newer),
    page.hasMore ? olderButton(aim, answerId, page.asked + 1, 'Older') : null,
    tapButton('edit-question', aim),
  );
}

function olderButton(
  aim: { readonly incidentId: string | null },
  answerId: string,
  page: number,
  label?: string,
) {
  const target = { ...aim, itemId: encodePage(answerId, page) };
  return tapButton('older-matches', target, label === undefined ? {} : { label });
}

/** Only where there may be a person who can be asked. */
function askButton({ who, record }: TrailLead, incidentId: string | null) {
  const isAskable = mayBePerson(who) && isAimable(record.eventId);
  return isAskable ? tapButton('ask-actor', { incidentId, itemId: record.eventId }) : null;
}

function leadMenu(
  { record }: TrailLead,
  { incidentId, consoleUrl }: Omit<TrailButtons, 'answerId'>,
) {
  const call = { incidentId, itemId: record.eventId };
  const { accessKeyId } = record;
  const isCall = isAimable(record.eventId);
  return overflowMenu([
    isSession(accessKeyId) ? tapEntry('whole-session', { incidentId, itemId: accessKeyId }) : null,
    isCall ? tapEntry('show-record', call) : null,
    isCall && record.principal.roleName !== null ? tapEntry('who-assumed', call) : null,
    linkEntry(recordLink(consoleUrl, record), 'Open in the console'),
  ]);
}

/** Temporary credentials are one session; a long-term key's calls of weeks are no session. */
function isSession(keyId: string | null): keyId is string {
  return keyId !== null && /^ASIA[A-Z0-9]{12,40}$/.test(keyId);
}
