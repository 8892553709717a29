import type { WebhookEvent } from '../domain/webhook/events.ts';

/** Something that must happen later or elsewhere. Ids only: the worker reads the newest state. */
export type Work =
  | {
      /** Make Slack show the newest state of the incident. */
      readonly kind: 'render';
      readonly incidentId: string;
      /** Slack response_url of the person who opened it, to tell them when nothing can be posted. */
      readonly replyUrl: string | null;
    }
  | {
      readonly kind: 'gather';
      readonly incidentId: string;
      readonly gatheringId: string;
      /** 0: as asked for. 1 and 2: looked at again for what CloudTrail delivered late. */
      readonly look: number;
    }
  | {
      /** Shows the metrics of the alarms that a gathering found. */
      readonly kind: 'graph';
      readonly incidentId: string;
      readonly gatheringId: string;
    }
  | {
      /** Ranks the causes again, with what has come since. */
      readonly kind: 'rank';
      readonly incidentId: string;
      /** Null: whichever gathering is the latest. */
      readonly gatheringId: string | null;
      /** `gathering`: the rest of what there was to read. */
      readonly occasion: 'gathering' | 'attached-evidence' | 'statement';
    }
  | {
      /** Shows what became of the metrics by the time a solution was verified, or was found not to work. */
      readonly kind: 'graph-after';
      readonly incidentId: string;
      readonly verifiedAtMs: number;
    }
  /** Says that the window of a plan begins, if it still waits for it. */
  | { readonly kind: 'begin-window'; readonly incidentId: string; readonly planId: string }
  | {
      /** Reads what was written while a plan was carried out. */
      readonly kind: 'read-fix';
      readonly incidentId: string;
      readonly planId: string;
      /** 0: when it was reported as implemented. 1 and 2: for what CloudTrail delivered late. */
      readonly look: number;
    }
  /** Says in the channels that an incident has left where it went, and takes the buttons off there. */
  | { readonly kind: 'leave-channel'; readonly incidentId: string }
  | { readonly kind: 'publish'; readonly incidentId: string }
  | {
      /** Deletes the documents in Slack that tell what was taken out of the record. */
      readonly kind: 'withdraw-documents';
      readonly incidentId: string;
      /** Newer ones are of the record as it is now. */
      readonly untilVersion: number;
      /** Whom to tell what could not be deleted; null: nobody is there to be told. */
      readonly userId: string | null;
    }
  /** Looks at the alarms after a fix, again and again until they have stayed OK. */
  | { readonly kind: 'watch'; readonly incidentId: string }
  /** Shows somebody the newest Home tab. */
  | { readonly kind: 'home'; readonly userId: string }
  /** Draws how long incidents took, and sends the picture to who asked for it. */
  | { readonly kind: 'send-trend'; readonly userId: string }
  /** Deletes incidents that are older than the configuration keeps them; comes back daily. */
  | { readonly kind: 'delete-old' }
  /** Reads for a test that has just begun what can be read. */
  | { readonly kind: 'look-for-test'; readonly incidentId: string; readonly hypothesisId: string }
  /** Looks for incidents on record that look like this one, and for the playbook that fits it now. */
  | { readonly kind: 'recall'; readonly incidentId: string }
  /** Reminds people when nobody does anything; looks again as long as the incident is open. */
  | { readonly kind: 'nudge'; readonly incidentId: string }
  /** Tells the new owner all that is needed to go on. */
  | { readonly kind: 'brief'; readonly incidentId: string; readonly ownerId: string }
  | {
      /** Tells a receiver outside what became of the incident. */
      readonly kind: 'deliver-webhook';
      readonly incidentId: string;
      readonly event: WebhookEvent;
      readonly webhookKey: string;
      /** Of the incident when it happened. */
      readonly ofVersion: number;
    }
  | {
      readonly kind: 'answer-trail';
      readonly question: string;
      /** Share and Attach ask again by event id: a button carries ids, never findings. */
      readonly deliver: 'to-asker' | 'to-channel' | 'as-evidence';
      readonly userId: string;
      readonly channelId: string;
      /** Where to answer when there is no replyUrl; null: in the channel. */
      readonly threadTs: string | null;
      readonly replyUrl: string | null;
      /** The incident whose thread it was asked in. */
      readonly incidentId: string | null;
      readonly askedAtMs: number;
      /** Names the answer: buttons under it carry this, and what was asked is kept by it. */
      readonly answerId: string;
      /** Pages of other matches; 0 is the one with the answer. */
      readonly page: number;
      /** 0: asked by a person. 1 and 2: looked at again for what CloudTrail delivered late. */
      readonly look: number;
      /** `who-assumed`: the question names one call, and is about the role behind it. */
      readonly about: 'question' | 'who-assumed';
    }
  | {
      /** Fills in the form that asks the person behind a call, once the call was read again. */
      readonly kind: 'prepare-inquiry';
      readonly eventId: string;
      /** The Slack view that waits for it. */
      readonly viewId: string;
      readonly userId: string;
      readonly channelId: string;
      readonly incidentId: string | null;
      readonly askedAtMs: number;
    }
  | {
      /** Does whatever the question to the person behind a call needs next. */
      readonly kind: 'pursue-inquiry';
      readonly inquiryId: string;
      readonly incidentId: string | null;
      /** Also tell the askers when there is no answer yet. */
      readonly isOverdue: boolean;
    };

export type WorkKind = Work['kind'];

export interface ScheduledWork {
  /**
   * Key of the item: scheduling the same id again replaces the payload and moves `dueAtMs` to the
   * earlier of the two; while a worker holds it, the item runs once more after that. Reminders
   * (`nudge-…`) are claimed after everything else that is due: nobody waits for them.
   */
  readonly workId: string;
  readonly dueAtMs: number;
  readonly work: Work;
}

export interface ClaimedWork {
  readonly workId: string;
  readonly work: Work;
  /** Fencing token: counts claims. `complete`, `release` and `fail` are refused once somebody claimed after us. */
  readonly attempt: number;
  /** Counts schedulings: an item scheduled again while held is not removed by `complete`. */
  readonly generation: number;
  /** Failures so far; claims that ended in a crash do not count. */
  readonly failureCount: number;
}

export interface DeadWork {
  readonly workId: string;
  readonly work: Work;
  readonly reason: string;
  readonly diedAtMs: number;
}
