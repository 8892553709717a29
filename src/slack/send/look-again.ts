import { keepAnswer, readKeptAnswer } from '../../flows/kept-answers.ts';
import type { WorkOutcome } from '../../flows/run-work.ts';
import { isAwaited, lateCalls, shownWith } from '../../flows/second-look.ts';
import type { Work } from '../../ports.ts';
import { renderLateCalls } from '../blocks/trail-late.ts';
import type { SlackContext } from '../context.ts';
import { viewOf } from './answer-content.ts';
import { updateAttached } from './attach-answer.ts';
import { tellPerson } from './tell-person.ts';
import type { AskTrail } from './watch-lookup.ts';

type TrailWork = Extract<Work, { kind: 'answer-trail' }>;

/** Nobody waits for it, so it gives way to whoever does; but it must end. */
const LOOK_TIME_MAX_MS = 5 * 60_000;

/**
 * A later look at an answered question. Nothing is said unless something new matches: then the
 * person is told, and an answer that was attached as evidence is brought up to date.
 */
export async function lookAgain(
  context: SlackContext,
  work: TrailWork,
  ask: AskTrail,
  stop: AbortSignal,
): Promise<WorkOutcome> {
  const { store, clock } = context;
  const kept = await readKeptAnswer(store, work.answerId);
  if (kept?.shown == null || !(await isAwaited(store, kept, clock.nowMs()))) {
    return { kind: 'done' };
  }
  const limit = AbortSignal.timeout(LOOK_TIME_MAX_MS);
  const reply = await ask(AbortSignal.any([stop, limit]), () => undefined);
  if (stop.aborted) return { kind: 'later', delayMs: 0 };
  if (reply.kind === 'error') return { kind: 'done' };
  const { answer } = reply;
  const late = lateCalls(kept.shown, answer);
  if (late.length === 0) return { kind: 'done' };
  await updateAttached(context, work, answer);
  const content = renderLateCalls({ answer, late, kept }, await viewOf(context, work));
  await tellPerson(context, { ...work, content });
  await keepAnswer(store, work.answerId, { ...kept, shown: shownWith(kept.shown, answer) });
  return { kind: 'done' };
}
