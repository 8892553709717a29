import type { KnownBlock } from '@slack/types';

/** Blocks and the notification text that goes with them. */
export interface MessageContent {
  readonly blocks: readonly KnownBlock[];
  /** Always sent: it is what a phone's lock screen shows. Our own words and ids only. */
  readonly text: string;
}

/** What one Slack message of an incident should show now. */
export interface SlotContent extends MessageContent {
  /** `root`, `step-3`, `evidence-…`, `board`, `plan`, `line-17`. Stable for the life of the incident. */
  readonly slot: string;
  /** Sent instead when Slack refuses `blocks` as invalid: sections, context and actions only. */
  readonly conservative: MessageContent;
}
