import type { ObservationKind, Suggestion } from '../../incident/ranking.ts';
import { normaliseEventName } from '../../trail/event-name.ts';
import type { Channel } from '../../trail/record.ts';
import { shortName, tellingNames } from '../../trail/telling-names.ts';
import type { Change } from '../change-set.ts';
import { type Advice, CLASS_ADVICE } from './class-advice.ts';
import { OBSERVATION_ADVICE } from './observation-advice.ts';
import { undoWords } from './undo-words.ts';

const LIMITS = { nameCharactersMax: 60 } as const;

/** What was made by code comes back with it. */
const BY_CODE: Partial<Readonly<Record<Channel, string>>> = {
  terraform: 'Terraform',
  opentofu: 'OpenTofu',
  pulumi: 'Pulumi',
  cdk: 'the CDK',
  cloudformation: 'CloudFormation',
  pipeline: 'a pipeline',
};

/** How to find out whether a change was the cause, and what to do if it was. Names in it were chosen by others. */
export function suggestionForChange({ record, kind }: Change): Suggestion {
  const [name] = tellingNames([record]);
  const call = normaliseEventName(record.eventName);
  const service = record.eventSource.replace(/\.amazonaws\.com$/, '');
  const advice = CLASS_ADVICE[kind.changeClass];
  const thing = name === undefined ? null : shortName(name, record.accountId);
  const filled = fill(advice, thing, call, undoWords(service, call));
  const tool = BY_CODE[record.channel];
  if (tool === undefined) return filled;
  const again = ` It was made by ${tool}: change it there too, or the next run makes it again.`;
  return { ...filled, solution: `${filled.solution}${again}` };
}

/** The same for what was seen that is no change; `thing` is who or what it was seen at. */
export function suggestionForObservation(kind: ObservationKind, thing: string | null): Suggestion {
  return fill(OBSERVATION_ADVICE[kind], thing, '', '');
}

function fill(advice: Advice, thing: string | null, call: string, undo: string): Suggestion {
  const words: Readonly<Record<string, string>> = {
    it: thing === null ? advice.it : cut(thing),
    call: cut(call),
  };
  // The name goes in last and once: what it says is never taken for one of our own marks.
  const told = (text: string) =>
    text.replace('{undo}', undo).replace(/\{(it|call)\}/g, (_, key: string) => words[key] ?? '');
  return {
    test: told(advice.test),
    solution: told(advice.solution),
    risk: told(advice.risk),
    rollback: told(advice.rollback),
  };
}

/** Whole characters, so that none is torn. */
function cut(text: string): string {
  const characters = [...text];
  const { nameCharactersMax } = LIMITS;
  return characters.length <= nameCharactersMax
    ? text
    : `${characters.slice(0, nameCharactersMax - 1).join('')}…`;
}
