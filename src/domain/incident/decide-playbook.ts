import { quoteShortly } from '../text/cut-text.ts';
import { accept, type Handler, reject } from './decision.ts';
import type { StepId } from './steps.ts';

/** Later people are at work on it, and other questions would only confuse them. */
const AUTOMATIC_STEPS: readonly StepId[] = ['identify', 'isolate', 'hypothesize'];

/** What a person chose stays until a person chooses another one; the bot's choice may improve. */
export const choosePlaybook: Handler<'choose-playbook'> = (command, { state }) => {
  const { playbook } = state;
  const isSame = playbook?.playbookId === command.playbookId;
  if (!command.isByHand) {
    const isFree = playbook?.isByHand !== true && AUTOMATIC_STEPS.includes(state.step);
    return isSame || !isFree ? accept() : accept({ ...command, type: 'playbook-chosen' });
  }
  if (isSame && playbook?.isByHand === true) {
    return reject('already-done', `The playbook is ${quoteShortly(playbook.title)} already.`);
  }
  return accept({ ...command, type: 'playbook-chosen' });
};
