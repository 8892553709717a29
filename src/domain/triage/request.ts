import type { Severity } from '../incident/events.ts';

/** What `/triage …` or `@redthread …` asked for. The parser is `parse-triage.ts`. */
export type TriageRequest =
  | {
      readonly kind: 'open';
      readonly title: string;
      readonly startedAtMs: number | null;
      /** Null: not said. */
      readonly severity: Severity | null;
      readonly alarmNames: readonly string[];
      readonly resources: readonly string[];
      readonly regions: readonly string[];
    }
  /** Nothing but the command: a menu for the open session, or the start form. */
  | { readonly kind: 'menu' }
  | { readonly kind: 'help' }
  | { readonly kind: 'status' }
  | { readonly kind: 'list'; readonly mine: boolean }
  | { readonly kind: 'take' }
  | { readonly kind: 'handoff'; readonly userId: string }
  | { readonly kind: 'note'; readonly text: string }
  /** Empty texts: not said yet, a form asks for them. */
  | { readonly kind: 'escalate'; readonly to: string; readonly reason: string }
  | { readonly kind: 'close'; readonly reason: string | null }
  /** `incidentId` null: the last one closed here. */
  | { readonly kind: 'reopen'; readonly incidentId: string | null; readonly reason: string }
  /** Writes and uploads the document (again). */
  | { readonly kind: 'export'; readonly incidentId: string | null };

export type TriageParse =
  | { readonly kind: 'request'; readonly request: TriageRequest }
  | {
      readonly kind: 'error';
      /** One line: what was not understood, and what was probably meant. */
      readonly sentence: string;
      /** The part of the text it is about, as offsets; `end` is exclusive. */
      readonly start: number;
      readonly end: number;
    };

export interface TriageParseOptions {
  readonly timeZone: string;
  readonly nowMs: number;
  /** In a mention inside a thread, words that are no verb are not a title. */
  readonly place: 'channel' | 'thread';
}
