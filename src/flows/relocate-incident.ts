import type { AccessVerdict } from '../domain/access/decide-access.ts';
import { accountsBeyond } from '../domain/incident/account-reach.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import { listWords } from '../domain/text/list-words.ts';
import type { Channels, FlowDependencies, TrailScope } from '../ports.ts';
import { actOnIncident } from './act-on-incident.ts';

export interface RelocateDependencies extends FlowDependencies {
  readonly channels: Channels;
  scopeOf(channelId: string): TrailScope;
  readonly access: {
    check(userId: string, channelId: string): Promise<AccessVerdict>;
  };
}

export interface Relocation {
  readonly incidentId: string;
  readonly channelId: string;
  readonly userId: string;
  readonly dedupeId: string;
  /** Of the card that stays behind; asked for only when the move is possible. */
  readonly permalinkOf: (state: IncidentState) => Promise<string | null>;
}

export type RelocationOutcome =
  | { readonly kind: 'moved' }
  | { readonly kind: 'rejected'; readonly sentence: string };

const UNCHANGED = 'Nothing was changed.';

/** Goes on in another channel, where the bot and the person both are. The record is what moves it. */
export async function relocateIncident(
  deps: RelocateDependencies,
  wanted: Relocation,
): Promise<RelocationOutcome> {
  const { incidentId, channelId, userId, dedupeId } = wanted;
  const state = await deps.store.readState(incidentId);
  const looked = await look(deps, wanted, state);
  if (looked.kind === 'rejected') return looked;
  const fromPermalink = state === null ? null : await wanted.permalinkOf(state);
  const outcome = await actOnIncident(deps, {
    incidentId,
    command: {
      type: 'relocate-incident',
      channelId,
      channelName: looked.name,
      fromPermalink,
    },
    actor: { kind: 'person', userId },
    dedupeId,
  });
  return outcome.kind === 'rejected' ? outcome : { kind: 'moved' };
}

/** What Slack and the configuration say; what the record says is decided where it is written. */
async function look(
  { channels, scopeOf, access }: RelocateDependencies,
  { channelId, userId }: Relocation,
  state: IncidentState | null,
): Promise<
  | Extract<RelocationOutcome, { kind: 'rejected' }>
  | { readonly kind: 'fits'; readonly name: string | null }
> {
  const there = `<#${channelId}>`;
  if (state === null || state.channelId === channelId) return { kind: 'fits', name: null };
  const [seen, mine] = await Promise.all([channels.look(channelId), channels.ofPerson(userId)]);
  if (seen.kind === 'unknown' || (mine === null && seen.kind === 'seen')) {
    return rejected(`Slack does not tell me about ${there} just now. Try again in a moment.`);
  }
  if (seen.kind === 'unseen') return rejected(NOT_THERE);
  if (!seen.isChannel) return rejected('An incident belongs in a channel, where others see it.');
  if (seen.isArchived) return rejected(`${there} is archived. Choose another channel.`);
  if (!seen.hasBot) {
    return rejected(`I am not in ${there}. Invite me there first: /invite @redthread.`);
  }
  if (mine?.has(channelId) !== true) {
    return rejected(`You are not in ${there} yourself. Join it first, or ask somebody who is.`);
  }
  if (seen.isShared) {
    return rejected(
      `${there} is shared with another organisation, which would read all that was found so far. Open a new incident there for what they should know.`,
    );
  }
  const verdict = await access.check(userId, channelId);
  if (verdict.kind === 'refused') {
    return rejected(
      verdict.reason === 'other-channel'
        ? `Nobody could work with it in ${there}: the configuration names other channels (access: channels).`
        : verdict.sentence,
    );
  }
  const allowed = scopeOf(channelId).targets.map(({ accountId }) => accountId);
  const beyond = accountsBeyond(state, allowed);
  if (beyond.length === 0) return { kind: 'fits', name: seen.name };
  return rejected(
    `The evidence here is also of ${beyond.length === 1 ? 'account' : 'accounts'} ${listWords(beyond)}, which my configuration does not show to ${there}.`,
  );
}

const NOT_THERE = 'I cannot see that channel. Invite me there first: /invite @redthread.';

function rejected(sentence: string): Extract<RelocationOutcome, { kind: 'rejected' }> {
  return { kind: 'rejected', sentence: `${sentence} ${UNCHANGED}` };
}
