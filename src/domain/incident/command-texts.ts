import type { IncidentCommand, IncidentCommandType } from './commands.ts';
import { LIMITS } from './limits.ts';

export interface TextRule {
  /** How a sentence names it. */
  readonly label: string;
  readonly charactersMax: number;
  readonly required: boolean;
}

type TextTable = {
  readonly [T in IncidentCommandType]?: {
    readonly [F in keyof Extract<IncidentCommand, { type: T }>]?: TextRule;
  };
};

const needed = (label: string, charactersMax: number = LIMITS.textCharactersMax): TextRule => ({
  label,
  charactersMax,
  required: true,
});

const optional = (label: string, charactersMax: number = LIMITS.textCharactersMax): TextRule => ({
  label,
  charactersMax,
  required: false,
});

/** What people must and may write, for `decide` and for the forms. */
export const COMMAND_TEXTS = {
  'open-incident': { title: needed('The title', LIMITS.titleCharactersMax) },
  'decline-proposal': { reason: optional('The reason', LIMITS.shortTextCharactersMax) },
  'state-problem': {
    symptoms: needed('The description of the symptoms'),
    affected: optional('The description of who is affected'),
    recentChanges: optional('The list of recent changes'),
  },
  'isolate-component': {
    component: needed('The component', LIMITS.shortTextCharactersMax),
    finding: optional('The finding'),
  },
  'change-title': { title: needed('The title', LIMITS.titleCharactersMax) },
  'assign-owner': { ownerId: optional('The owner', LIMITS.shortTextCharactersMax) },
  'move-to-step': { reason: optional('The reason') },
  'add-note': { text: needed('The note') },
  'propose-hypothesis': { statement: needed('The hypothesis') },
  'start-test': { test: needed('The description of the test') },
  'conclude-test': { finding: needed('The finding') },
  'revive-hypothesis': { reason: needed('The reason') },
  'plan-solution': {
    solution: needed('The solution'),
    risk: needed('The risk'),
    mitigation: optional('The mitigation'),
    rollback: needed('The way back'),
  },
  'waive-approval': { reason: needed('The reason') },
  'report-implemented': { what: needed('The description of what was done') },
  'roll-back': { reason: needed('The reason') },
  'tick-check': { text: needed('The check', LIMITS.shortTextCharactersMax) },
  'verify-solution': { finding: needed('The finding') },
  'fail-verification': { finding: needed('The finding') },
  'escalate-incident': {
    to: needed('The person or team to escalate to', LIMITS.shortTextCharactersMax),
    reason: needed('The reason'),
  },
  'document-findings': {
    rootCause: needed('The root cause'),
    lessons: optional('The text on lessons learned'),
  },
  'edit-document': { text: optional('The text') },
  'evaluate-process': {
    effectiveness: optional('The answer'),
    efficiency: optional('The answer'),
    cost: optional('The answer'),
    quality: optional('The answer'),
    safety: optional('The answer'),
  },
  'close-incident': { reason: optional('The reason') },
  'redact-record': { reason: needed('The reason', LIMITS.shortTextCharactersMax) },
  'reopen-incident': { reason: needed('The reason') },
} as const satisfies TextTable;
