import { type Rejection, reject } from './decision.ts';
import type { Actor } from './events.ts';
import type { Evidence, Statement, StatementAnswer, StatementVerdict } from './evidence.ts';

export const STATEMENT_LIMITS = {
  questionCharactersMax: 300,
  commentCharactersMax: 1_000,
} as const;

export const DEFAULT_ACTOR_QUESTION = 'Was this you, and was it expected?';

/** What each answer says, as the button and as the record tell it. */
export const VERDICT_WORDS = {
  planned: { button: 'Yes, planned', said: 'it was them, and it was planned' },
  mistake: { button: 'Yes, by mistake', said: 'it was them, by mistake' },
  'not-me': { button: 'Not me', said: 'it was not them' },
} as const satisfies Record<StatementVerdict, { readonly button: string; readonly said: string }>;

export const STATEMENT_VERDICTS: readonly StatementVerdict[] = ['planned', 'mistake', 'not-me'];

/** How far a statement may be trusted; stands wherever one is shown. */
export const NO_PROOF = 'This is what they say, not proof.';

export const SECURITY_SIGN =
  'If so, their credentials may be in other hands: consider the breach playbook.';

/** "Noor says it was not them"; without a choice, that they wrote something. */
export function saidWords({ answer }: Statement): string {
  if (answer === null) return 'has not answered yet';
  return answer.verdict === null ? 'wrote' : `says ${VERDICT_WORDS[answer.verdict].said}`;
}

export const isSecuritySign = ({ answer }: Statement): boolean => answer?.verdict === 'not-me';

function sameAnswer(one: StatementAnswer | null, other: StatementAnswer | null): boolean {
  if (one === null || other === null) return one === other;
  const { verdict, comment, atMs } = other;
  return one.verdict === verdict && one.comment === comment && one.atMs === atMs;
}

/** A statement is its speaker's: nobody else gives, changes or takes back the answer. */
export function rejectStatement(
  earlier: Evidence | undefined,
  statement: Statement,
  actor: Actor,
): Rejection | null {
  const before = earlier?.kind === 'statement' ? earlier : null;
  if (before !== null && before.personId !== statement.personId) {
    return reject('not-allowed', 'This question was put to somebody else.');
  }
  const isSame = sameAnswer(before?.answer ?? null, statement.answer);
  const isSpeaker = actor.kind === 'person' && actor.userId === statement.personId;
  return isSame || isSpeaker
    ? null
    : reject('not-allowed', `Only <@${statement.personId}> can answer this.`);
}
