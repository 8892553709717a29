import type { Button, PlainTextOption, StaticSelect } from '@slack/types';
import { type Burst, foldBursts } from '../../domain/trail/bursts.ts';
import { mayBePerson } from '../../domain/trail/email-of.ts';
import type { TrailRecord } from '../../domain/trail/record.ts';
import { shortName } from '../../domain/trail/telling-names.ts';
import { encodeChoice, MENU_ACTION } from '../ids.ts';
import { isAimable, tapButton } from './buttons.ts';
import { cleanUntrusted } from './characters.ts';
import { BLOCK_LIMITS } from './limits.ts';
import { plain } from './text.ts';
import { BURSTS_SHOWN_MAX } from './trail-items.ts';

/**
 * Whom to ask about what a card lists: one menu for all, as a button behind each line would push
 * the lines apart on a phone. Null where only machines did something.
 */
export function actorChoice(
  incidentId: string,
  records: readonly TrailRecord[],
): Button | StaticSelect | null {
  const bursts = foldBursts(records)
    .slice(0, BURSTS_SHOWN_MAX)
    .filter(({ newest }) => mayBePerson(newest.principal) && isAimable(newest.eventId));
  const [first, ...others] = bursts;
  if (first === undefined) return null;
  if (others.length === 0) {
    return tapButton('ask-actor', { incidentId, itemId: first.newest.eventId });
  }
  return {
    type: 'static_select',
    action_id: MENU_ACTION,
    placeholder: plain('Ask the actor…', BLOCK_LIMITS.placeholderCharactersMax),
    options: bursts.map((burst) => optionFor(incidentId, burst)),
  };
}

function optionFor(incidentId: string, { newest, doings }: Burst): PlainTextOption {
  const [doing] = doings;
  const [name] = doing?.names ?? [];
  const what =
    name === undefined ? '' : `${doing?.joint ?? ' '}${shortName(name, newest.accountId)}`;
  const words = `${newest.principal.label} ${doing?.action ?? newest.eventName}${what}`;
  const label = cleanUntrusted(words, BLOCK_LIMITS.optionCharactersMax);
  const target = { incidentId, itemId: newest.eventId };
  return {
    text: plain(label, BLOCK_LIMITS.optionCharactersMax),
    value: encodeChoice('ask-actor', target),
  };
}
