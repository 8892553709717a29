import type { Severity } from '../domain/incident/events.ts';
import type { AwsTarget } from './aws.ts';

/** A queue of SQS that alarms come through. */
export interface AlarmQueueSettings {
  readonly target: AwsTarget;
  /** Null: asked for by name. */
  readonly url: string | null;
  readonly name: string;
}

/** How it stands with one queue, for health checks. */
export interface QueueReport {
  readonly queue: string;
  readonly isListening: boolean;
  /** What keeps it from listening, in a sentence; null: nothing, or it has just begun. */
  readonly trouble: string | null;
  readonly takenCount: number;
  readonly unreadableCount: number;
}

/** What an alarm leads to: an incident in a channel, or nothing. */
export type AlarmRoute =
  | { readonly kind: 'ignore' }
  | { readonly kind: 'open'; readonly channelId: string; readonly severity: Severity };

export interface AlarmRule {
  /** The alarm's name, in which `*` stands for anything. */
  readonly pattern: string;
  /** Null: of any account. */
  readonly accountId: string | null;
  /** Null: in any Region. */
  readonly region: string | null;
  readonly route: AlarmRoute;
}

export interface AlarmSettings {
  readonly queues: readonly AlarmQueueSettings[];
  /** Of SNS, that messages may come from; null: any. */
  readonly topics: readonly string[] | null;
  /** The first one that fits counts. */
  readonly rules: readonly AlarmRule[];
  /** For alarms that no rule fits; null: they lead to nothing. */
  readonly fallback: AlarmRoute | null;
  /** Alarms of one channel that fire within this time of the first join its incident; 0: none do. */
  readonly togetherMs: number;
}
