import { incidentOf, type Stage } from './stage.ts';

/** Words by which the board and the card of the current step are found. */
export const BOARD = 'likeliest first';
export const CARD = /Step \d of 7/;

export const form = (name: string): readonly string[] => [`open ${name}`, `form ${name}`];

/** By its entry in the menu behind "More". */
export async function fillFromMenu(
  { ana }: Stage,
  label: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  await ana.tap('More');
  await ana.fill(label, fields, /What you can do now/);
}

/** One hypothesis of a person, one of the bot. */
export async function hypothesisBy(stage: Stage, kind: 'person' | 'bot'): Promise<string> {
  const { hypotheses } = await incidentOf(stage);
  return hypotheses.find(({ by }) => by.kind === kind)?.hypothesisId ?? '';
}
