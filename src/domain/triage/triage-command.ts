import type { Severity } from '../incident/events.ts';

/** The facts that one line can open a session with. */
export interface OpenFacts {
  /** Within `LIMITS.titleCharactersMax`. */
  readonly title: string;
  /** The whole text where the title had to be cut: nothing that was typed is lost. */
  readonly description: string | null;
  /** Null: not said. */
  readonly severity: Severity | null;
  readonly startedAtMs: number | null;
  readonly alarmNames: readonly string[];
  readonly resources: readonly string[];
  readonly regions: readonly string[];
  readonly accounts: readonly string[];
  /** Id of a playbook; null: not said. Whether there is such a one is asked where they are known. */
  readonly playbookId: string | null;
  readonly isDrill: boolean;
}

export interface TriageError {
  readonly kind: 'error';
  /** One or two sentences for the person who typed it; the help goes below. */
  readonly sentence: string;
  /** The part of the line it is about, as offsets; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** The line as it was probably meant. */
  readonly suggestion: string | null;
  /** The line that opens an incident with these words; null: they are hardly a title. */
  readonly title: string | null;
}

/** `incidentId` null: the thread's own, or the one that is open here. A missing text is asked for in a form. */
export type TriageCommand =
  | { readonly kind: 'menu' }
  | { readonly kind: 'help' }
  | { readonly kind: 'list' }
  | { readonly kind: 'mine' }
  /** Incidents of this channel, open and closed, by words. */
  | { readonly kind: 'find'; readonly words: string }
  | { readonly kind: 'take'; readonly incidentId: string | null }
  | { readonly kind: 'status'; readonly incidentId: string | null }
  | { readonly kind: 'export'; readonly incidentId: string | null }
  /** `words`: what the new owner should know, besides the brief. */
  | {
      readonly kind: 'handoff';
      readonly incidentId: string | null;
      readonly userId: string;
      readonly words: string | null;
    }
  | {
      readonly kind: 'escalate';
      readonly incidentId: string | null;
      readonly to: string | null;
      readonly reason: string | null;
    }
  /** `channelId` null: asked for in a form. */
  | {
      readonly kind: 'relocate';
      readonly incidentId: string | null;
      readonly channelId: string | null;
    }
  | {
      readonly kind: 'close';
      readonly incidentId: string | null;
      readonly reason: string | null;
    }
  | { readonly kind: 'reopen'; readonly incidentId: string | null; readonly reason: string }
  | { readonly kind: 'note'; readonly incidentId: string | null; readonly text: string }
  | { readonly kind: 'title'; readonly incidentId: string | null; readonly title: string }
  /** `severity` null: asked for in a form. */
  | {
      readonly kind: 'severity';
      readonly incidentId: string | null;
      readonly severity: Severity | null;
    }
  | { readonly kind: 'redact'; readonly incidentId: string | null }
  /** A question for `/trail`, asked where `/triage` is understood. */
  | { readonly kind: 'trail'; readonly question: string }
  | { readonly kind: 'open'; readonly facts: OpenFacts }
  | TriageError;

export const TRIAGE_LIMITS = { lineCharactersMax: 3_000, factsMax: 20 } as const;

/** The help, one line a verb; also what a misspelt verb is compared with. */
export const TRIAGE_HELP = {
  status: 'status: what is going on, told to you alone',
  list: 'list: the open incidents of this channel',
  mine: 'mine: the open incidents you own',
  find: 'find WORDS: earlier incidents of this channel, and what fixed them',
  take: 'take: become the owner',
  handoff: 'handoff @person [WORDS]: make somebody else the owner; the words become a note',
  note: 'note TEXT: put something on the timeline',
  escalate: 'escalate TO: REASON: call for help, on the record',
  severity: 'severity sev1: say how bad it is; sev1 alone does the same',
  title: 'title TEXT: give it another title',
  move: 'move #channel: go on in another channel; the thread here says where',
  close: 'close [REASON]: end the incident',
  reopen: 'reopen ID REASON: go on with a closed one; in its thread without the ID',
  export: 'export [ID]: write the document again',
  redact: 'redact [ID]: take text out of the record, such as a password; opens a form',
  drill: 'drill WHAT: practise; marked on every card, counted nowhere',
  help: 'help: this text',
} as const;

export type TriageVerb = keyof typeof TRIAGE_HELP;

export const TRIAGE_EXAMPLE =
  'checkout returns 5xx since 10:42 sev2 alarm:checkout-5xx resource:i-0abc region:eu-west-1';
