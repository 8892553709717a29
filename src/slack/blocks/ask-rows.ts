import type { KnownBlock } from '@slack/types';
import { checkIdOf } from '../../domain/incident/check-ticks.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { type CheckResult, checkResults } from '../../domain/playbook/check-results.ts';
import { playbookOf } from '../../domain/playbook/find-playbook.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { aimAt, tapButton } from './buttons.ts';
import { plain } from './text.ts';

const CHECK_CHARACTERS_MAX = 150;
const SENTENCE_CHARACTERS_MAX = 150;

/** Waits for somebody who has the bot ask it. */
export function isToAsk({ check, status }: CheckResult): boolean {
  return check.kind === 'trail' && status === 'not-yet';
}

/** The checks of step 2 that one tap has answered: the answer is attached as evidence. */
export function askRows(
  state: IncidentState,
  playbooks: readonly Playbook[],
): readonly KnownBlock[] {
  const playbook = playbookOf(state, playbooks);
  if (playbook === null) return [];
  return checkResults(state, playbook).filter(isToAsk).map(askRow(state));
}

const askRow =
  (state: IncidentState) =>
  ({ check, sentence, question }: CheckResult): KnownBlock => {
    const checked = plain(`⏳ ${check.text}`, CHECK_CHARACTERS_MAX).text;
    const told = plain(sentence ?? '', SENTENCE_CHARACTERS_MAX).text;
    const text = plain(`${checked}\n${told}`, CHECK_CHARACTERS_MAX + SENTENCE_CHARACTERS_MAX + 1);
    return {
      type: 'section',
      text,
      ...(question === null
        ? {}
        : { accessory: tapButton('ask-check', aimAt(state, checkIdOf(check.text))) }),
    };
  };
