import type { AlarmReading, AwsTarget, Logger } from '../../ports.ts';
import { type AnswerTrouble, explainTrouble, foreignAccount } from '../answer-trouble.ts';
import type { AwsClients } from '../clients.ts';

const LIMITS = { pagesMax: 10 } as const;

export interface AlarmDependencies {
  readonly clients: AwsClients;
  readonly log: Logger;
}

export interface AlarmPage<T> {
  /** Null for an item that could not be read. */
  readonly items: readonly (T | null)[];
  readonly nextToken: string | null;
}

/** One question about alarms to one account and Region, page by page. */
export interface AlarmQuestion<T> {
  readonly target: AwsTarget;
  readonly permission: string;
  readonly accountOf: (item: T) => string | null;
  readonly askPage: (token: string | null) => Promise<AlarmPage<T>>;
}

/** Reads page after page until the last one, a limit or trouble; what was read until then stays. */
export async function readAlarmPages<T>(
  deps: AlarmDependencies,
  question: AlarmQuestion<T>,
  signal: AbortSignal,
): Promise<AlarmReading<T>> {
  const items: T[] = [];
  let skippedCount = 0;
  let token: string | null = null;
  const soFar = () => ({
    accountId: items.map(question.accountOf).find((id) => id !== null) ?? null,
    items,
    skippedCount,
  });
  for (let pages = 0; pages < LIMITS.pagesMax; pages += 1) {
    const page: AlarmPage<T> | AnswerTrouble = await question
      .askPage(token)
      .then((answer) => foreignPage(question, answer) ?? answer)
      .catch((error: unknown) => explainTrouble(error, { ...question, signal }));
    if ('outcome' in page) {
      deps.log.warn('alarm reading ended early', {
        region: question.target.region,
        outcome: page.outcome,
      });
      return { ...page, ...soFar(), truncated: true };
    }
    items.push(...page.items.filter((item): item is NonNullable<typeof item> => item !== null));
    skippedCount += page.items.filter((item) => item === null).length;
    token = page.nextToken;
    if (token === null) break;
  }
  return {
    outcome: items.length > 0 ? 'found' : 'nothing',
    ...soFar(),
    truncated: token !== null,
    explanation: token === null ? null : `Reading stopped after ${LIMITS.pagesMax} pages.`,
  };
}

function foreignPage<T>({ target, accountOf }: AlarmQuestion<T>, { items }: AlarmPage<T>) {
  const ids = items.map((item) => (item === null ? null : accountOf(item)));
  return foreignAccount(target, ids.find((id) => id !== null) ?? null);
}
