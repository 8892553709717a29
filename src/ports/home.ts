/** Which channels people are in, as far as the bot is in them too. */
export interface Memberships {
  /** Null when it could not be found out: then nothing may be assumed. Never throws. */
  channelsOf(userId: string): Promise<ReadonlySet<string> | null>;
}

/** The same, as it is now and not as remembered. */
export interface CurrentMemberships extends Memberships {
  channelsNow(userId: string): Promise<ReadonlySet<string> | null>;
}

/** A channel as the bot sees it. `unseen`: there is none, or the bot may not see it. */
export type SeenChannel =
  | {
      readonly kind: 'seen';
      readonly name: string | null;
      readonly hasBot: boolean;
      readonly isArchived: boolean;
      /** Direct conversations are none. */
      readonly isChannel: boolean;
      /** People of other organisations read it. */
      readonly isShared: boolean;
    }
  | { readonly kind: 'unseen' }
  /** It could not be found out. */
  | { readonly kind: 'unknown' };

/** As Slack has them now. Never throws. */
export interface Channels {
  look(channelId: string): Promise<SeenChannel>;
  /** As in `Memberships`, but not from memory. */
  ofPerson(userId: string): Promise<ReadonlySet<string> | null>;
}

/** How one of the bot's own connections is doing. */
export interface ConnectionReport {
  /** `idle`: not used since the bot started, so nothing is known. */
  readonly state: 'works' | 'trouble' | 'idle';
  /** `AWS account shop in eu-west-1` */
  readonly name: string;
  /** What is known of it, in a few plain words; AWS's own explanation in trouble. */
  readonly words: string;
  /** When it was last used; null: never, or that is not kept. */
  readonly atMs: number | null;
}
