/** Whose account it is. `stranger`: of another organisation. */
export type Standing = 'member' | 'guest' | 'stranger' | 'bot' | 'deactivated';

/** What the installation says. Empty lists leave it open to every full member. */
export interface AccessPolicy {
  /** Where the bot works. */
  readonly channelIds: readonly string[];
  /** Who may use it there: these people, and who is in these user groups. */
  readonly peopleIds: readonly string[];
  readonly groupIds: readonly string[];
}

export const OPEN_ACCESS: AccessPolicy = { channelIds: [], peopleIds: [], groupIds: [] };

/** Where something is asked for: a channel, or a place that has one reader (Home, a direct message). */
export type AskedPlace =
  | { readonly kind: 'own' }
  | {
      readonly kind: 'channel';
      readonly channelId: string;
      /**
       * Who reads there: `own` people only, those of another organisation too, nobody that the bot
       * can see (a private channel without it), or that cannot be known just now.
       */
      readonly readers: 'own' | 'shared' | 'unseen' | 'unknown';
    };

/** Somebody who wants something, as far as Slack tells. */
export interface Applicant {
  readonly userId: string;
  /** Null: it cannot be known just now. */
  readonly standing: Standing | null;
  /** In one of the policy's groups; null: it cannot be known just now. */
  readonly isInGroup: boolean | null;
  readonly place: AskedPlace;
}

export type RefusalReason =
  | 'guest'
  | 'stranger'
  | 'bot'
  | 'deactivated'
  | 'shared-channel'
  | 'unseen-channel'
  | 'other-channel'
  | 'not-named'
  | 'unknown';

export type AccessVerdict =
  | { readonly kind: 'allowed' }
  | {
      readonly kind: 'refused';
      readonly reason: RefusalReason;
      /** What, why and what to do, for the one who asked. */
      readonly sentence: string;
    };

/** What whoever is refused hears; docs/errors.md has them all. */
export const REFUSAL_SENTENCES = {
  guest:
    'I show what happens in your AWS accounts, so I am not open to guests of this workspace. Ask a full member in this channel.',
  stranger:
    'I show what happens in the AWS accounts of one organisation, and your account belongs to another. Ask somebody of that organisation in this channel.',
  bot: 'I take no requests from apps. A person has to ask.',
  deactivated: 'Your account is deactivated in this workspace, so I can do nothing for it.',
  'shared-channel':
    'This channel is shared with another organisation, which would read along. Ask me in a channel of your own workspace.',
  'unseen-channel':
    'I am not in this channel, so I cannot see who reads along. Nothing was done: invite me here, then ask again.',
  'other-channel':
    'I do not work in this channel: the configuration names others (access: channels). Ask there, or have this one added.',
  'not-named':
    'I am open to certain people here, and you are not among them. The configuration names them (access: people, groups); ask whoever runs me.',
  unknown:
    'I cannot check just now whether you may use me here: Slack does not answer. Nothing was done; try again in a moment.',
} as const satisfies Record<RefusalReason, string>;

const BY_STANDING = {
  member: null,
  guest: 'guest',
  stranger: 'stranger',
  bot: 'bot',
  deactivated: 'deactivated',
} as const satisfies Record<Standing, RefusalReason | null>;

const BY_READERS = {
  own: null,
  shared: 'shared-channel',
  unseen: 'unseen-channel',
  unknown: 'unknown',
} as const satisfies Record<
  Extract<AskedPlace, { kind: 'channel' }>['readers'],
  RefusalReason | null
>;

/** What is not known is refused. The same rules hold when something is asked, tapped and shown. */
export function decideAccess(policy: AccessPolicy, applicant: Applicant): AccessVerdict {
  const reason = placeTrouble(policy, applicant.place) ?? personTrouble(policy, applicant);
  return reason === null
    ? { kind: 'allowed' }
    : { kind: 'refused', reason, sentence: REFUSAL_SENTENCES[reason] };
}

function personTrouble(
  { peopleIds, groupIds }: AccessPolicy,
  { userId, standing, isInGroup }: Applicant,
): RefusalReason | null {
  if (standing === null) return 'unknown';
  const trouble = BY_STANDING[standing];
  if (trouble !== null) return trouble;
  const isOpen = peopleIds.length === 0 && groupIds.length === 0;
  if (isOpen || peopleIds.includes(userId)) return null;
  if (groupIds.length === 0) return 'not-named';
  if (isInGroup === null) return 'unknown';
  return isInGroup ? null : 'not-named';
}

function placeTrouble({ channelIds }: AccessPolicy, place: AskedPlace): RefusalReason | null {
  if (place.kind === 'own') return null;
  if (channelIds.length > 0 && !channelIds.includes(place.channelId)) return 'other-channel';
  return BY_READERS[place.readers];
}
