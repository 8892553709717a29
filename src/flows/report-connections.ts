import { isAnswered } from '../domain/coverage.ts';
import type { AwsTarget, ConnectionReport, QueueReport, TrailScope } from '../ports.ts';
import type { TargetAnswer, TargetWatch } from './watch-targets.ts';

export interface Connections {
  readonly health: {
    readonly slack: boolean;
    readonly store: boolean;
    readonly alarmQueues?: readonly QueueReport[];
  };
  /** `Redis` */
  readonly storeName: string;
  readonly answersOf: TargetWatch['answersOf'];
  /** Of the channels that somebody is in: what they may ask about. */
  readonly scopes: readonly TrailScope[];
}

/** One line for each thing the bot is connected to. */
export function reportConnections(connections: Connections): readonly ConnectionReport[] {
  const { health, storeName, scopes } = connections;
  return [
    standing('Slack', health.slack, 'connected', 'no connection is open just now'),
    standing(storeName, health.store, 'answers', 'does not answer'),
    ...reportTargets(connections, scopes),
    ...(health.alarmQueues ?? []).map(reportQueue),
  ];
}

function standing(name: string, works: boolean, well: string, ill: string): ConnectionReport {
  return { state: works ? 'works' : 'trouble', name, words: works ? well : ill, atMs: null };
}

function reportQueue({ queue, isListening, trouble, takenCount }: QueueReport): ConnectionReport {
  const name = `Alarm queue ${queue}`;
  if (trouble !== null) return { state: 'trouble', name, words: trouble, atMs: null };
  if (!isListening) return { state: 'idle', name, words: 'not listened to yet', atMs: null };
  const words = `listened to, ${takenCount} taken since I started`;
  return { state: 'works', name, words, atMs: null };
}

const NOT_ASKED = 'not asked since I started';

/** The accounts and Regions that may be asked about, each with what it answered last. */
function reportTargets(
  watch: Pick<TargetWatch, 'answersOf'>,
  scopes: readonly TrailScope[],
): readonly ConnectionReport[] {
  const names = new Map(scopes.flatMap(({ accountNames }) => [...accountNames]));
  const targets = new Map(
    scopes
      .flatMap((scope) => scope.targets)
      .map((target) => [`${target.accountId ?? ''} ${target.region}`, target]),
  );
  return [...targets.values()].map((target) =>
    reportTarget(nameOf(target, names), watch.answersOf(target)),
  );
}

function nameOf({ accountId, region }: AwsTarget, names: ReadonlyMap<string, string>): string {
  if (accountId === null) return `AWS in ${region}`;
  return `AWS account ${names.get(accountId) ?? accountId} in ${region}`;
}

function reportTarget(name: string, answers: readonly TargetAnswer[]): ConnectionReport {
  const [first] = answers;
  if (first === undefined) return { state: 'idle', name, words: NOT_ASKED, atMs: null };
  const atMs = Math.max(...answers.map((answer) => answer.atMs));
  const isWell = answers.every(isAnswered);
  const told = answers.filter((answer) => isWell || !isAnswered(answer)).map(answerWords);
  return { state: isWell ? 'works' : 'trouble', name, words: told.join('; '), atMs };
}

function answerWords(answer: TargetAnswer): string {
  if (isAnswered(answer)) return `${answer.service} answered`;
  return `${answer.service} ${OUTCOME_WORDS[answer.outcome]}${explained(answer.explanation)}`;
}

const OUTCOME_WORDS = {
  found: 'answered',
  nothing: 'answered',
  denied: 'denied it',
  throttled: 'was asked too often',
  'timed-out': 'did not answer in time',
  disabled: 'is not available',
  failed: 'failed',
} as const satisfies Record<TargetAnswer['outcome'], string>;

function explained(explanation: string | null): string {
  return explanation === null ? '' : ` (${explanation.replace(/\.$/, '')})`;
}
