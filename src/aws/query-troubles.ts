import { z } from 'zod';
import type { AnswerTrouble } from './answer-trouble.ts';

type Explain<Asked> = (asked: Asked) => string;

/** What a service says in its own names, in ours. */
export type TroubleTable<Asked> = Readonly<
  Record<string, readonly [AnswerTrouble['outcome'], Explain<Asked>]>
>;

export interface QueryTroubles<Asked> {
  /** Names of errors; what is not in it is told as for every service. */
  readonly errors: TroubleTable<Asked>;
  /** Statuses of a query that ended without a result; `other` for those that nobody documented. */
  readonly statuses: TroubleTable<Asked> & {
    readonly other: readonly [AnswerTrouble['outcome'], Explain<Asked>];
  };
  readonly doneStatus: string;
  /** The error that says: as many queries as may run are running. */
  readonly fullError: string;
}

const named = z.object({ name: z.string() });

/** How one service's refusals read; `asked` is what its sentences name. */
export function createTroubleReader<Asked>(table: QueryTroubles<Asked>, asked: Asked) {
  const told = (rows: TroubleTable<Asked>, name: string): AnswerTrouble | null => {
    const row = Object.hasOwn(rows, name) ? rows[name] : undefined;
    return row === undefined ? null : { outcome: row[0], explanation: row[1](asked) };
  };
  const nameOf = (error: unknown): string => named.safeParse(error).data?.name ?? '';
  return {
    ofError: (error: unknown) => told(table.errors, nameOf(error)),
    /** Null for a query that is done. */
    ofStatus: (status: string) =>
      status === table.doneStatus
        ? null
        : (told(table.statuses, status) ?? told(table.statuses, 'other')),
    isFull: (error: unknown) => nameOf(error) === table.fullError,
  };
}
