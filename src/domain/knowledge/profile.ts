import { wordsIn } from '../incident/document-edits.ts';
import { standingVerification } from '../incident/standing-verification.ts';
import type { IncidentState } from '../incident/state.ts';
import { cutText } from '../text/cut-text.ts';
import { wordsOf } from './words-of.ts';

const LIMITS = {
  alarmsMax: 20,
  resourcesMax: 30,
  nameCharactersMax: 200,
  classesMax: 5,
  wordsMax: 60,
  textCharactersMax: 300,
} as const;

/** What an incident is recognised by, and what came of it. Names and texts were chosen by others. */
export interface IncidentProfile {
  readonly alarms: readonly string[];
  readonly resources: readonly string[];
  /** Of the changes that were, or most likely are, its cause. */
  readonly changeClasses: readonly string[];
  readonly words: readonly string[];
  readonly rootCause: string | null;
  /** What fixed it: all that stood when it was verified, containment too. */
  readonly fix: string | null;
  /** Slack's address of its document; null before it is published. */
  readonly documentLink: string | null;
  readonly closedAtMs: number | null;
}

export const EMPTY_PROFILE: IncidentProfile = {
  alarms: [],
  resources: [],
  changeClasses: [],
  words: [],
  rootCause: null,
  fix: null,
  documentLink: null,
  closedAtMs: null,
};

export function profileOf(state: IncidentState): IncidentProfile {
  const confirmed = state.hypotheses.filter(({ status }) => status === 'confirmed');
  const { problem, isolation } = state;
  // As the document tells it: people may have put it right since.
  const rootCause = wordsIn(state, 'root-cause');
  const text = [
    state.title,
    problem?.symptoms,
    isolation?.component,
    rootCause,
    ...confirmed.map(({ statement }) => statement),
  ];
  return {
    alarms: names([...state.alarmNames, ...alarmsSeen(state)], LIMITS.alarmsMax),
    resources: names(state.resources, LIMITS.resourcesMax),
    changeClasses: classesOf(state).slice(0, LIMITS.classesMax),
    words: wordsOf(text.join('\n'), LIMITS.wordsMax),
    rootCause: short(rootCause),
    fix: short(fixOf(state)),
    documentLink: state.publication?.permalink ?? null,
    closedAtMs: state.closure?.atMs ?? null,
  };
}

/** Those that tell when it began; what else is in alarm may be anything. */
function alarmsSeen({ ranking }: IncidentState): readonly string[] {
  return (ranking?.onset?.alarms ?? []).map(({ name }): string => name);
}

/** Of what was confirmed; as long as nothing is, of what is called likely. */
function classesOf({ hypotheses }: IncidentState): readonly string[] {
  const confirmed = hypotheses.filter(({ status }) => status === 'confirmed');
  const likely = hypotheses.filter(
    ({ status, assessment }) => status !== 'eliminated' && assessment?.likelihood === 'likely',
  );
  const telling = confirmed.length > 0 ? confirmed : likely;
  const classes = telling.flatMap(({ cause }) =>
    cause?.kind === 'change' ? cause.changeClass : [],
  );
  return [...new Set(classes)];
}

function fixOf(state: IncidentState): string | null {
  const standing = state.plans.filter(({ status }) => status === 'implemented');
  if (standingVerification(state) === null || standing.length === 0) return null;
  const charactersMax = Math.floor((LIMITS.textCharactersMax + 1) / standing.length) - 1;
  return standing
    .map((plan) => cutText(plan.implementedWhat || plan.solution, charactersMax))
    .join(' ');
}

function names(all: readonly string[], max: number): readonly string[] {
  const short = all.map((name) => cutText(name, LIMITS.nameCharactersMax));
  return [...new Set(short)].slice(0, max);
}

function short(text: string | null | undefined): string | null {
  const oneLine = (text ?? '').replace(/\s+/gu, ' ').trim();
  return oneLine === '' ? null : cutText(oneLine, LIMITS.textCharactersMax);
}
