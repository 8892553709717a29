import type { ChangeClass } from '../investigation/change-class.ts';
import type { Symptom } from '../investigation/symptom.ts';

/** Which alarms; null: any. In namespace and metric `*` stands for any characters. */
export interface AlarmPattern {
  readonly namespace: string | null;
  readonly metric: string | null;
  readonly symptom: Symptom | null;
}

/** A check of step 2. All but the last kind can be answered from what the bot has read. */
export type Check = { readonly text: string } & (
  | { readonly kind: 'alarms'; readonly patterns: readonly AlarmPattern[] }
  | { readonly kind: 'changes'; readonly classes: readonly ChangeClass[] }
  | { readonly kind: 'trail'; readonly question: string }
  | { readonly kind: 'metric'; readonly namespace: string | null; readonly metric: string }
  | { readonly kind: 'people' }
);

/** A cause that is worth thinking of; changes of its classes and alarms on its metrics hint at it. */
export interface HypothesisTemplate {
  readonly id: string;
  readonly cause: string;
  readonly classes: readonly ChangeClass[];
  readonly patterns: readonly AlarmPattern[];
  readonly speaksFor: string;
  readonly speaksAgainst: string;
}

/** `causes`: ids of hypothesis templates; none: for each of them. */
export interface TestTemplate {
  readonly text: string;
  readonly causes: readonly string[];
}

export interface SolutionTemplate {
  readonly text: string;
  readonly causes: readonly string[];
  readonly risk: string;
  readonly mitigation: string;
  readonly rollback: string;
}

/** A runbook or a dashboard, for alarms and resources with such names or tags; without any: always. */
export interface PlaybookLink {
  readonly title: string;
  /** https only. */
  readonly url: string;
  readonly alarms: readonly string[];
  readonly resources: readonly string[];
  /** An alarm has to have all of them; `*` stands for any characters in a value. */
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

/** What people who have seen such incidents would ask, check and do, step by step. */
export interface Playbook {
  readonly id: string;
  readonly title: string;
  /** One sentence: when it applies. */
  readonly when: string;
  /** Of two that fit equally well the higher one is taken. */
  readonly precedence: number;
  /** Words and phrases in the title of an incident, and alarms, that speak for it. */
  readonly words: readonly string[];
  readonly patterns: readonly AlarmPattern[];
  readonly questions: readonly string[];
  readonly checks: readonly Check[];
  readonly hypotheses: readonly HypothesisTemplate[];
  readonly tests: readonly TestTemplate[];
  readonly solutions: readonly SolutionTemplate[];
  readonly verification: readonly string[];
  readonly prevention: readonly string[];
  readonly links: readonly PlaybookLink[];
}

/** For incidents that no other one fits; always there. */
export const GENERIC_PLAYBOOK_ID = 'generic';

/** For what goes on doing harm while its cause is looked for: it is contained first. */
export const SECURITY_PLAYBOOK_ID = 'security';

/** On everything that a file can hold, so that each step still fits into one message. */
export const PLAYBOOK_LIMITS = {
  fileBytesMax: 65_536,
  filesMax: 100,
  idCharactersMax: 30,
  titleCharactersMax: 60,
  textCharactersMax: 240,
  wordsMax: 60,
  wordCharactersMax: 40,
  patternsMax: 30,
  patternCharactersMax: 100,
  questionsMax: 8,
  checksMax: 14,
  classesMax: 29,
  hypothesesMax: 10,
  testsMax: 10,
  solutionsMax: 10,
  verificationMax: 8,
  preventionMax: 8,
  linksMax: 20,
  linkPatternsMax: 10,
  linkTagsMax: 5,
  tagKeyCharactersMax: 128,
  urlCharactersMax: 1_000,
  precedenceMax: 100,
} as const;

/** Small letters, digits and hyphens: it is typed, and it goes into buttons. */
export const PLAYBOOK_ID = /^[a-z][a-z0-9-]{0,29}$/;
