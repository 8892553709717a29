import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import type { RecordedEvent } from '../../../src/domain/incident/events.ts';
import type { IncidentState } from '../../../src/domain/incident/state.ts';
import type { Playbook } from '../../../src/domain/playbook/playbook.ts';
import type { IncidentSummary } from '../../../src/ports.ts';
import type { MessageContent } from '../../../src/slack/blocks/message.ts';
import { anAsker, anOpenInquiry } from '../../support/statement-builders.ts';
import { aSummary } from '../../support/summary-builders.ts';
import { type Fill, many, maximalStatement } from './maximal-evidence.ts';

/** One state of the largest incident, and what goes with it. */
export interface Scene {
  readonly fill: Fill;
  readonly state: IncidentState;
  readonly events: readonly RecordedEvent[];
  readonly playbook: Playbook;
}

export type Sent =
  | { readonly surface: 'message'; readonly content: MessageContent }
  | { readonly surface: 'modal' | 'home'; readonly view: ModalView | HomeView };

export interface Card {
  /** All it shows in this scene; nothing where the scene has none. */
  readonly show: (scene: Scene) => readonly Sent[];
  /** Its first words, however much there is to say. */
  readonly leads: RegExp;
}

export const PERMALINK = `https://example.slack.com/archives/C1/p${'1'.repeat(900)}`;
export const CONSOLE_URL = 'https://console.aws.amazon.com';
export const NOW_MS = Date.UTC(2026, 2, 9);

export const says = (...contents: readonly MessageContent[]): readonly Sent[] =>
  contents.map((content) => ({ surface: 'message', content }));
export const opens = (...views: readonly ModalView[]): readonly Sent[] =>
  views.map((view) => ({ surface: 'modal', view }));

export function summaryOf({ fill, state }: Scene): IncidentSummary {
  const profile = {
    ...aSummary().profile,
    rootCause: fill(300),
    fix: fill(300),
    documentLink: PERMALINK,
  };
  return aSummary({ title: state.title, ownerId: 'UBEN', playbookTitle: fill(60), profile });
}

export function inquiry(fill: Fill) {
  const askers = many(10, (index) => anAsker({ userId: `UASKER${index}` }));
  return anOpenInquiry({ statement: maximalStatement(fill), question: fill(300), askers });
}

/** What a person reads first: blocks in their order. */
export const blocksOf = (sent: Sent): readonly KnownBlock[] =>
  sent.surface === 'message' ? sent.content.blocks : (sent.view.blocks as KnownBlock[]);
