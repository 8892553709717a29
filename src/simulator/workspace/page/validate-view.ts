import type { PageStateValues } from '../page-protocol.ts';
import { stateFieldOf } from './element-state.ts';
import { type Loose, listOf, looseOf, numberOf, stringOf } from './loose.ts';

/** block_id → sentence, for what Slack's own client refuses before it asks the app. */
export function validateView(
  blocks: readonly Loose[],
  values: PageStateValues,
): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {};
  for (const block of inputBlocksOf(blocks)) {
    const element = looseOf(block.element);
    const blockId = stringOf(block.block_id);
    const state = values[blockId]?.[stringOf(element.action_id)];
    const value = state?.[stateFieldOf(element) ?? 'value'];
    const problem = isEmpty(value)
      ? missingProblem(block)
      : valueProblem(element, typeof value === 'string' ? value : '');
    if (problem !== null) problems[blockId] = problem;
  }
  return problems;
}

function inputBlocksOf(blocks: readonly Loose[]): readonly Loose[] {
  return blocks.flatMap((block) =>
    block.type === 'input' ? [block] : inputBlocksOf(listOf(block.child_blocks)),
  );
}

function isEmpty(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === '' ||
    (Array.isArray(value) && value.length === 0)
  );
}

function missingProblem(block: Loose): string | null {
  return block.optional === true ? null : 'Please complete this required field.';
}

function valueProblem(element: Loose, value: string): string | null {
  switch (element.type) {
    case 'plain_text_input':
      return lengthProblem(element, value);
    case 'number_input':
      return numberProblem(element, value);
    case 'email_text_input':
      return /^\S+@\S+\.\S+$/.test(value) ? null : 'Please enter a valid e-mail address.';
    case 'url_text_input':
      return URL.canParse(value) ? null : 'Please enter a valid URL.';
    default:
      return null;
  }
}

function lengthProblem(element: Loose, value: string): string | null {
  const min = numberOf(element.min_length, 0);
  const max = numberOf(element.max_length, 3000);
  const length = [...value].length;
  if (length < min) return `Please enter at least ${min} characters.`;
  return length > max ? `Please enter at most ${max} characters.` : null;
}

function numberProblem(element: Loose, value: string): string | null {
  const number = Number(value);
  if (Number.isNaN(number)) return 'Please enter a number.';
  if (element.is_decimal_allowed !== true && !Number.isInteger(number)) {
    return 'Please enter a whole number.';
  }
  const min = Number(element.min_value ?? Number.NEGATIVE_INFINITY);
  const max = Number(element.max_value ?? Number.POSITIVE_INFINITY);
  if (number < min) return `Please enter ${min} or more.`;
  return number > max ? `Please enter ${max} or less.` : null;
}
