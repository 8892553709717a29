import { listSome, listWords } from '../text/list-words.ts';
import { upperFirst } from '../text/upper-first.ts';
import { mention, type Rejection, reject, sameActor } from './decision.ts';
import type { Actor, Severity } from './events.ts';

/** `one-other`: somebody else than the planner approves. `none`: a plan may go in as planned. */
export type ApprovalRule = 'one-other' | 'none';

/** What a plan needs before it goes in. */
export interface ApprovalNeed {
  readonly rule: ApprovalRule;
  /** Slack ids of people and user groups who may approve; empty: anybody but the planner. */
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

/** Slack's ids of user groups: their members may approve. */
export function groupsOf({ entitledIds }: Pick<ApprovalNeed, 'entitledIds'>): readonly string[] {
  return entitledIds.filter(isGroup);
}

function isGroup(id: string): boolean {
  return /^S[A-Z0-9]+$/.test(id);
}

function entitledWords(id: string): string {
  return isGroup(id) ? `somebody of <!subteam^${id}>` : mention({ kind: 'person', userId: id });
}

/** Who may approve what `planner` has planned: "Another person", "<@U1> or somebody of <!subteam^S1>". */
export function approverWords({ entitledIds }: ApprovalNeed, planner: Actor): string {
  if (entitledIds.length === 0) return 'Another person';
  const others = entitledIds.filter((userId) => !isPerson(planner, userId));
  if (others.length === 0) return 'Nobody else here';
  return listSome(others.map(entitledWords), NAMED_MAX).replace(/ and ([^,]*)$/, ' or $1');
}

/** Null for whoever may approve; else who may instead. */
export function rejectApprover(
  need: ApprovalNeed,
  planner: Actor,
  actor: Actor,
  /** Of the groups, those that the actor is in now; null: Slack does not say. */
  memberOf: readonly string[] | null = [],
): Rejection | null {
  if (actor.kind === 'bot') {
    return reject('not-allowed', 'A plan is approved by a person. Ask somebody in the thread.');
  }
  const who = upperFirst(approverWords(need, planner));
  if (sameActor(actor, planner)) {
    const others =
      need.entitledIds.length === 0
        ? 'another person has to approve it. Ask somebody in the thread, or waive'
        : `you cannot approve it, too. ${who} may. Ask in the thread, or waive`;
    return reject('not-allowed', `You planned this, so ${others} the approval with a reason.`);
  }
  if (need.entitledIds.length === 0 || need.entitledIds.includes(actor.userId)) return null;
  const groups = groupsOf(need);
  if (groups.length > 0 && memberOf === null) {
    return reject(
      'not-allowed',
      `Slack does not tell me just now who is in ${listWords(groups.map((id) => `<!subteam^${id}>`))}, so I cannot take your approval. Try again in a moment, or waive the approval with a reason.`,
    );
  }
  if (groups.some((id) => memberOf?.includes(id))) return null;
  return reject(
    'not-allowed',
    `You are not among those who may approve here. ${who} may. Ask in the thread, or waive the approval with a reason.`,
  );
}

function isPerson(actor: Actor, userId: string): boolean {
  return actor.kind === 'person' && actor.userId === userId;
}
