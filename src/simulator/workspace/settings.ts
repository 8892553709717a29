import type { Manifest } from './manifest.ts';

/** Slack's clocks. Tests shorten the long ones; the demo runs with the real ones. */
export interface Timings {
  /** How long the app has to acknowledge an envelope. */
  readonly ackMs: number;
  readonly triggerTtlMs: number;
  readonly responseUrlTtlMs: number;
  /** Pauses before the redeliveries of an event that nobody acknowledged. */
  readonly eventRetryDelaysMs: readonly number[];
  /** Between `files.completeUploadExternal` and the file's message. */
  readonly fileProcessingMs: number;
  /** Pages are told of changes at most this often. */
  readonly pageUpdateMs: number;
  readonly socketPingMs: number;
}

export const slackTimings: Timings = {
  ackMs: 3_000,
  triggerTtlMs: 3_000,
  responseUrlTtlMs: 30 * 60_000,
  eventRetryDelaysMs: [0, 60_000, 300_000],
  fileProcessingMs: 400,
  pageUpdateMs: 50,
  socketPingMs: 10_000,
};

/** Who the workspace and its one app are; made once at start, never changed. */
export interface Settings {
  readonly teamId: string;
  readonly teamName: string;
  readonly teamDomain: string;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  /** The old verification token that Slack still puts into every payload. */
  readonly verificationToken: string;
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly baseUrl: string;
  readonly manifest: Manifest;
  readonly timings: Timings;
  readonly isPaidPlan: boolean;
}
