import type { RefusalReason } from '../../domain/access/decide-access.ts';
import type { SlackContext } from '../context.ts';

/** Said to others than the one it is about. Where that person could ask does not matter here. */
const REASONS: Readonly<Record<RefusalReason, string>> = {
  guest: 'They are a guest of this workspace, and I am not open to guests.',
  stranger: 'Their account belongs to another organisation.',
  bot: 'That is an app, and an app can own nothing.',
  deactivated: 'Their account is deactivated.',
  'not-named': 'I am open to certain people here, and they are not among them.',
  'shared-channel': 'They may not use me.',
  'unseen-channel': 'They may not use me.',
  'other-channel': 'They may not use me.',
  unknown: 'Slack does not tell me whether they may use me.',
};

export type OwnerCheck =
  | { readonly kind: 'allowed' }
  /** Slack does not answer just now. */
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** Whether somebody who is to own an incident may use the bot at all: they could do nothing with it. */
export async function checkOwner(
  { access }: Pick<SlackContext, 'access'>,
  userId: string,
): Promise<OwnerCheck> {
  const verdict = await access.check(userId, null);
  if (verdict.kind === 'allowed') return { kind: 'allowed' };
  const reason = REASONS[verdict.reason];
  return { kind: verdict.reason === 'unknown' ? 'unknown' : 'refused', reason };
}

/** For whoever wants to hand over to them; null: nothing is known against it. */
export async function refusedOwner(
  context: Pick<SlackContext, 'access'>,
  userId: string,
): Promise<string | null> {
  const check = await checkOwner(context, userId);
  if (check.kind !== 'refused') return null;
  return `Nothing was handed over. ${check.reason} Choose somebody else.`;
}
