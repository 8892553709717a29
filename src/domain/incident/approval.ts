import { listWords } from '../text/list-words.ts';
import { mention, type Rejection, reject, sameActor } from './decision.ts';
import type { Actor, Severity } from './events.ts';

/** `one-other`: somebody else than the planner approves. `none`: a plan may go in as planned. */
export type ApprovalRule = 'one-other' | 'none';

/** What a plan needs before it goes in. */
export interface ApprovalNeed {
  readonly rule: ApprovalRule;
  /** Slack ids of those who may approve; empty: anybody but the planner. */
  readonly entitledIds: readonly string[];
}

/** What the installation asks for. */
export interface ApprovalPolicy {
  readonly rules: Readonly<Record<Severity, ApprovalRule>>;
  readonly entitledIds: readonly string[];
}

export const DEFAULT_NEED: ApprovalNeed = { rule: 'one-other', entitledIds: [] };

export const DEFAULT_APPROVAL: ApprovalPolicy = {
  rules: { sev1: 'one-other', sev2: 'one-other', sev3: 'one-other', sev4: 'one-other' },
  entitledIds: [],
};

export function needAt({ rules, entitledIds }: ApprovalPolicy, severity: Severity): ApprovalNeed {
  const rule = rules[severity];
  return { rule, entitledIds: rule === 'none' ? [] : entitledIds };
}

export function isSameNeed(a: ApprovalNeed, b: ApprovalNeed): boolean {
  return a.rule === b.rule && a.entitledIds.join() === b.entitledIds.join();
}

const NAMED_MAX = 5;

/** Who may approve what `planner` has planned: "Another person", "<@U1> or <@U2>". */
export function approverWords({ entitledIds }: ApprovalNeed, planner: Actor): string {
  if (entitledIds.length === 0) return 'Another person';
  const others = entitledIds.filter((userId) => !isPerson(planner, userId));
  if (others.length === 0) return 'Nobody else here';
  const named = others.slice(0, NAMED_MAX).map((userId) => mention({ kind: 'person', userId }));
  const more = others.length - named.length;
  return listWords(more > 0 ? [...named, `${more} more`] : named).replace(
    / and ([^,]*)$/,
    ' or $1',
  );
}

/** Null for whoever may approve; else who may instead. */
export function rejectApprover(need: ApprovalNeed, planner: Actor, actor: Actor): Rejection | null {
  if (actor.kind === 'bot') {
    return reject('not-allowed', 'A plan is approved by a person. Ask somebody in the thread.');
  }
  const who = approverWords(need, planner);
  if (sameActor(actor, planner)) {
    const others =
      need.entitledIds.length === 0
        ? 'another person has to approve it. Ask somebody in the thread, or waive'
        : `you cannot approve it, too. ${who} may. Ask in the thread, or waive`;
    return reject('not-allowed', `You planned this, so ${others} the approval with a reason.`);
  }
  if (need.entitledIds.length === 0 || need.entitledIds.includes(actor.userId)) return null;
  return reject(
    'not-allowed',
    `You are not among those who may approve here. ${who} may. Ask in the thread, or waive the approval with a reason.`,
  );
}

function isPerson(actor: Actor, userId: string): boolean {
  return actor.kind === 'person' && actor.userId === userId;
}
