import type { LookupAttribute } from '../src/domain/trail/query/plan-lookups.ts';
import type { BusyDay } from './busy-day.ts';

/** A question as people type it, and what is given to plain pagination for it. */
export interface BenchQuestion {
  readonly question: string;
  /** The planted call that answers it. */
  readonly answer: keyof BusyDay['planted'];
  /** The narrowest attribute that cannot miss the answer; null: none, reads are asked about too. */
  readonly sure: LookupAttribute | null;
  /** What somebody who knows the CLI would try; it may miss. */
  readonly byHand: LookupAttribute | null;
}

const WRITES: LookupAttribute = { key: 'ReadOnly', value: 'false' };
const named = (value: string): LookupAttribute => ({ key: 'ResourceName', value });
const called = (value: string): LookupAttribute => ({ key: 'EventName', value });
const by = (value: string): LookupAttribute => ({ key: 'Username', value });

const ROLE = 'arn:aws:iam::111122223333:role/checkout-task';
const LENA = 'lena.fischer@northwind.example';

export const QUESTIONS: readonly BenchQuestion[] = [
  {
    question: 'who stopped i-0c4e8d21f6ab97530',
    answer: 'stop',
    sure: WRITES,
    byHand: named('i-0c4e8d21f6ab97530'),
  },
  {
    question: 'who deleted orders-archive',
    answer: 'bucket',
    sure: WRITES,
    byHand: named('orders-archive'),
  },
  {
    question: 'who opened sg-0a1b2c3d4e5f60718',
    answer: 'group',
    sure: WRITES,
    byHand: named('sg-0a1b2c3d4e5f60718'),
  },
  { question: 'who deployed checkout', answer: 'deploy', sure: WRITES, byHand: named('checkout') },
  { question: `who changed ${ROLE}`, answer: 'policy', sure: WRITES, byHand: named(ROLE) },
  {
    question: 'who assumed break-glass',
    answer: 'assume',
    sure: called('AssumeRole'),
    byHand: called('AssumeRole'),
  },
  {
    question: 'who logged in is:root',
    answer: 'root',
    sure: called('ConsoleLogin'),
    byHand: by('root'),
  },
  { question: '198.51.100.77 is:write', answer: 'address', sure: WRITES, byHand: WRITES },
  {
    question: 'who changed orders-events',
    answer: 'topic',
    sure: WRITES,
    byHand: named('orders-events'),
  },
  {
    question: `what did ${LENA} change`,
    answer: 'group',
    sure: WRITES,
    byHand: by(LENA),
  },
];
