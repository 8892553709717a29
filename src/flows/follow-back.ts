import {
  type AnswerInput,
  answerQuestion,
  type TrailAnswer,
  withChain,
} from '../domain/trail/answer.ts';
import { type CredentialChain, canBeFollowed } from '../domain/trail/chain.ts';
import { credentialsOf, nextToFollow } from '../domain/trail/judge-kind.ts';
import type { TrailRecord } from '../domain/trail/record.ts';

/** Answers at once where its time is over: the chain then ends there. */
export type FollowRecord = (record: TrailRecord) => Promise<CredentialChain>;

/**
 * The answer with who is behind it. Where people or automation were asked for, the newest calls
 * that may be meant are followed back until one is, as far as the limits allow.
 */
export async function followBack(input: AnswerInput, follow: FollowRecord): Promise<TrailAnswer> {
  const followed = new Map<string, CredentialChain>();
  for (;;) {
    const next = nextToFollow(input.query, input.records, followed);
    if (next === null) break;
    followed.set(credentialsOf(next), await follow(next));
  }
  const answer = answerQuestion({ ...input, followed });
  const record = answer.lead?.record;
  if (record === undefined || !canBeFollowed(record)) return answer;
  const known = followed.get(credentialsOf(record));
  const isItsOwn = known?.links[0].eventId === record.eventId;
  return withChain(answer, known !== undefined && isItsOwn ? known : await follow(record));
}
