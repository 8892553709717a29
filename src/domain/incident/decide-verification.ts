import { cutText } from '../text/cut-text.ts';
import { accept, byWhom, enterStep, type Handler, reject, tooMany } from './decision.ts';
import { neededFrom } from './escalation-text.ts';
import { gatherAgain } from './gather-again.ts';
import { LIMITS } from './limits.ts';

export const verifySolution: Handler<'verify-solution'> = (command, { state }) =>
  tooMany(state.verifications.length, LIMITS.verificationsMax, 'verifications') ??
  accept(
    { type: 'solution-verified', finding: command.finding },
    ...enterStep(state, 'document', null),
  );

export const failVerification: Handler<'fail-verification'> = (command, { state, nowMs }) =>
  tooMany(state.verifications.length, LIMITS.verificationsMax, 'verifications') ??
  accept(
    { type: 'verification-failed', finding: command.finding },
    ...enterStep(
      state,
      'hypothesize',
      cutText(`The verification failed: ${command.finding}`, LIMITS.textCharactersMax),
    ),
    ...gatherAgain(state, nowMs),
  );

export const escalateIncident: Handler<'escalate-incident'> = (command, { state, nowMs }) => {
  const earlier = state.escalations.find(
    (row) => row.to === command.to && neededFrom(row) === neededFrom(command),
  );
  if (earlier !== undefined) {
    const by = byWhom(earlier.by, earlier.atMs, nowMs);
    return reject(
      'already-done',
      `This was already escalated ${by}, to the same and for the same reason.`,
    );
  }
  return (
    tooMany(state.escalations.length, LIMITS.escalationsMax, 'escalations') ??
    accept({ type: 'incident-escalated', to: command.to, reason: command.reason })
  );
};
