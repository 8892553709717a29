import { hasVisibleText } from '../text/cut-text.ts';
import { agoWords } from '../text/time-words.ts';
import type { ApprovalPolicy } from './approval.ts';
import { COMMAND_TEXTS, type TextRule } from './command-texts.ts';
import type { Decision, IncidentCommand, IncidentCommandType, RejectionCode } from './commands.ts';
import type { Actor, IncidentEvent } from './events.ts';
import type { IncidentState } from './state.ts';
import { INCIDENT_STEPS, type StepId, stepNumber } from './steps.ts';

export type CommandOf<T extends IncidentCommandType> = {
  [K in T]: Extract<IncidentCommand, { type: K }>;
}[T];

export interface DecisionContext {
  readonly state: IncidentState;
  readonly actor: Actor;
  readonly nowMs: number;
  readonly approval: ApprovalPolicy;
}

export type Handler<T extends IncidentCommandType> = (
  command: CommandOf<T>,
  context: DecisionContext,
) => Decision;

export type Rejection = Extract<Decision, { kind: 'rejected' }>;

export function accept(...events: readonly IncidentEvent[]): Decision {
  return { kind: 'accepted', events };
}

export function reject(code: RejectionCode, sentence: string): Rejection {
  return { kind: 'rejected', code, sentence };
}

/** `<@U123>`: the Slack layer turns it into a mention, the document into a name. */
export function mention(actor: Actor): string {
  return actor.kind === 'person' ? `<@${actor.userId}>` : 'Redthread';
}

/** "by <@U123> 20 s ago" */
export function byWhom(actor: Actor, atMs: number, nowMs: number): string {
  return `by ${mention(actor)} ${agoWords(atMs, nowMs)}`;
}

export function sameActor(a: Actor, b: Actor): boolean {
  return a.kind === 'person' ? b.kind === 'person' && a.userId === b.userId : b.kind === 'bot';
}

/** "step 3 of 7 (develop hypotheses)" */
export function stepWords(step: StepId): string {
  const title = INCIDENT_STEPS.find((row) => row.id === step)?.title ?? step;
  return `step ${stepNumber(step)} of ${INCIDENT_STEPS.length} (${title.toLowerCase()})`;
}

/** Nothing when the incident is in that step already. */
export function enterStep(
  state: IncidentState,
  step: StepId,
  reason: string | null,
): readonly IncidentEvent[] {
  return state.step === step ? [] : [{ type: 'step-entered', step, reason }];
}

export function tooMany(count: number, max: number, what: string): Rejection | null {
  if (count < max) return null;
  return reject(
    'too-many',
    `There are already ${max} ${what} here, which is the limit. Open a new incident for what is left.`,
  );
}

function textProblem(field: string, text: string, rule: TextRule): Rejection | null {
  if (text.length > rule.charactersMax) {
    return reject(
      'text-too-long',
      `${rule.label} is ${text.length} characters long and at most ${rule.charactersMax} fit. Shorten it and try again.`,
    );
  }
  if (!rule.required || hasVisibleText(text)) return null;
  return reject(
    field === 'reason' ? 'reason-needed' : 'missing-text',
    `${rule.label} is missing. Write it in a few words and try again.`,
  );
}

/** The first text of the command that is missing or too long. */
export function rejectTexts(command: IncidentCommand): Rejection | null {
  const rules: Readonly<Record<string, Readonly<Record<string, TextRule>>>> = COMMAND_TEXTS;
  const texts = new Map<string, unknown>(Object.entries(command));
  for (const [field, rule] of Object.entries(rules[command.type] ?? {})) {
    const text = texts.get(field);
    const problem = textProblem(field, typeof text === 'string' ? text : '', rule);
    if (problem !== null) return problem;
  }
  return null;
}
