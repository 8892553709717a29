import { describe, expect, it } from 'vitest';
import { tellProblem } from '../../../src/domain/incident/drafted-lines.ts';
import { playbookFacts } from '../../../src/domain/playbook/playbook-facts.ts';
import { ana, commands, openCommand, play, stateOf } from '../../support/incident-builders.ts';

const DRAFTED = 'Alarm “checkout-5xx”: errors above 5.';
const stated = (symptoms: string) =>
  stateOf(
    play([
      [openCommand(), ana],
      [{ ...commands.state, symptoms, drafted: [DRAFTED, 'Never stated.'] }, ana],
    ]),
  );

describe('a statement of the problem', () => {
  it('keeps only those drafted lines that stand in it', () => {
    expect(stated(`${DRAFTED}\nThe page is white.`).problem?.drafted).toEqual([DRAFTED]);
    expect(stated(`${DRAFTED} Always!`).problem?.drafted).toEqual([]);
  });

  it('marks the lines of the bot, and takes the mark off those of people', () => {
    const { problem } = stated(`${DRAFTED}\n🤖 The page is white.`);

    expect(problem === null ? null : tellProblem(problem).symptoms).toBe(
      `🤖 ${DRAFTED}\nThe page is white.`,
    );
  });

  it('chooses a playbook by the words of people alone', () => {
    const { title } = playbookFacts(stated(`${DRAFTED}\nThe page is white.`));

    expect(title).toBe('Checkout returns 5xx . The page is white.');
  });
});
