import { cutAtWord } from '../text/cut-text.ts';
import { showHidden } from '../text/markdown-text.ts';
import { utcWords } from '../text/time-words.ts';
import { normaliseEventName } from '../trail/event-name.ts';
import type { TrailRecord } from '../trail/record.ts';
import { recordsOf } from './evidence.ts';
import { leadingExplanation } from './leading-explanation.ts';
import { LIMITS } from './limits.ts';
import type { IncidentState } from './state.ts';
import { INCIDENT_STEPS } from './steps.ts';

/** Support is outside: it is told what happened to which resources, and of no person. */
export type EscalationAudience = 'aws-support' | 'colleague';

/** Whom a text is for, by the name of the addressee. */
export function audienceOf(to: string): EscalationAudience {
  return /\b(?:aws|amazon)\b/i.test(to) ? 'aws-support' : 'colleague';
}

/** What is asked for and what they should know, as one reason for the record. */
export function escalationReason(need: string, facts: string): string {
  const room = LIMITS.textCharactersMax - need.length - PARAGRAPH.length;
  const known = room < FACTS_CHARACTERS_MIN ? '' : cutAtWord(facts, room);
  return [need, known].filter((text) => text !== '').join(PARAGRAPH);
}

/** What is asked for, without what they should know. */
export function neededFrom({ reason }: { readonly reason: string }): string {
  return reason.split(PARAGRAPH)[0] ?? reason;
}

const PARAGRAPH = '\n\n';
/** Less than that says nothing. */
const FACTS_CHARACTERS_MIN = 100;
const DRILL_NOTICE = 'A DRILL: this is practice, nothing has to be done about it.';

export const ESCALATION_LIMITS = {
  textCharactersMax: 2_400,
  paragraphCharactersMax: 300,
  nameCharactersMax: 150,
  namesMax: 8,
  callsMax: 6,
  triesMax: 6,
} as const;

/**
 * What somebody has to know who is asked for help, from the record alone: plain lines for a case or
 * a message, to be edited. Names in it were chosen by others and stand on one line each.
 */
export function escalationText(state: IncidentState, audience: EscalationAudience): string {
  const calls = suspiciousCalls(state);
  const places = placesOf(state, calls);
  const facts: readonly (readonly [string, string | null])[] = [
    ['Problem', short(state.problem?.symptoms ?? state.title)],
    ['Affected', short(state.problem?.affected ?? '')],
    ['Started', startWords(state)],
    ['Service', names(servicesOf(state, calls))],
    ['Region', names(places.regions)],
    ['Account', names(places.accounts)],
    ['Resources', names(resourcesOf(state, calls))],
    ['Alarms', names(alarmNames(state))],
    ...(audience === 'colleague' ? standing(state) : []),
  ];
  const lines = [
    ...(state.isDrill ? [DRILL_NOTICE, ''] : []),
    ...facts.flatMap(([label, text]) => (text === null ? [] : [`${label}: ${text}`])),
    ...section('Calls on record that may matter (CloudTrail event ids):', calls.map(callWords)),
    ...section('Tried so far:', triedWords(state, audience)),
  ];
  return cutAtWord(lines.join('\n'), ESCALATION_LIMITS.textCharactersMax);
}

function short(text: string): string | null {
  const oneLine = showHidden(text).replace(/\s+/gu, ' ').trim();
  return oneLine === '' ? null : cutAtWord(oneLine, ESCALATION_LIMITS.paragraphCharactersMax);
}

/** "a, b and 3 more"; null for none. */
function names(all: readonly string[]): string | null {
  const unique = [...new Set(all.map(short).filter((name) => name !== null))];
  const { namesMax, nameCharactersMax } = ESCALATION_LIMITS;
  if (unique.length === 0) return null;
  const shown = unique.slice(0, namesMax).map((name) => cutAtWord(name, nameCharactersMax));
  const hidden = unique.length - shown.length;
  return `${shown.join(', ')}${hidden > 0 ? ` and ${hidden} more` : ''}`;
}

function section(heading: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : ['', heading, ...items.map((item) => `- ${item}`)];
}

function startWords({ startedAtMs, ranking }: IncidentState): string {
  if (startedAtMs !== null) return utcWords(startedAtMs);
  const onset = ranking?.onset ?? null;
  return onset === null ? 'not known' : `${utcWords(onset.earliestMs)}, as the alarms tell`;
}

/** The records behind the causes that are still open, the most likely first. */
function suspiciousCalls(state: IncidentState): readonly TrailRecord[] {
  const records = new Map(
    state.evidence.flatMap(recordsOf).map((record) => [record.eventId, record]),
  );
  const ids = state.hypotheses
    .filter(({ status }) => status !== 'eliminated')
    .toSorted((a, b) => (b.assessment?.probability ?? 0) - (a.assessment?.probability ?? 0))
    .flatMap(({ cause }) => cause?.eventIds ?? []);
  return [...new Set(ids)]
    .flatMap((id) => records.get(id) ?? [])
    .slice(0, ESCALATION_LIMITS.callsMax);
}

function callWords({ eventName, eventId, atMs, region, resources }: TrailRecord): string {
  const on = names(resources.slice(0, 2).map(({ name }): string => name));
  const what = short(normaliseEventName(eventName)) ?? 'a call';
  return `${utcWords(atMs)} ${what}${on === null ? '' : ` on ${on}`}, ${region}, event ${short(eventId)}`;
}

function servicesOf({ evidence }: IncidentState, calls: readonly TrailRecord[]): readonly string[] {
  const metrics = evidence
    .flatMap((row) => (row.kind === 'alarms' ? row.alarms : []))
    .flatMap(({ state, namespace }) => (state === 'ALARM' && namespace !== null ? namespace : []));
  return [...metrics, ...calls.map(({ eventSource }) => eventSource)];
}

interface Places {
  readonly regions: readonly string[];
  readonly accounts: readonly string[];
}

function placesOf(state: IncidentState, calls: readonly TrailRecord[]): Places {
  const firing = state.alarms.map((row) => row.firing);
  const targets = state.evidence.flatMap(({ coverage }) => coverage.targets);
  const accounts = [...calls, ...firing, ...targets].flatMap(({ accountId }) => accountId ?? []);
  const told = [...calls, ...firing].map(({ region }) => region);
  const regions = [...told, ...state.regions];
  return { regions: regions.length > 0 ? regions : targets.map(({ region }) => region), accounts };
}

function resourcesOf(state: IncidentState, calls: readonly TrailRecord[]): readonly string[] {
  const called = calls.flatMap(({ resources }) => resources.map(({ name }): string => name));
  const { isolation } = state;
  return [...(isolation === null ? [] : [isolation.component]), ...state.resources, ...called];
}

function alarmNames({ alarmNames: typed, alarms }: IncidentState): readonly string[] {
  return [...alarms.map(({ firing }): string => firing.name), ...typed];
}

function standing(state: IncidentState): readonly (readonly [string, string | null])[] {
  const step = INCIDENT_STEPS.find(({ id }) => id === state.step);
  const leading = leadingExplanation(state);
  return [
    ['Where it stands', step?.title ?? null],
    [
      'Most likely so far',
      leading?.kind === 'hypothesis' ? short(leading.hypothesis.statement) : null,
    ],
  ];
}

/** Tests with what came out of them, and fixes with what became of them. */
function triedWords(
  { hypotheses, plans }: IncidentState,
  audience: EscalationAudience,
): readonly string[] {
  const tests = hypotheses.flatMap(({ statement, cause, tests: all }) =>
    all.flatMap(({ test, verdict, finding }) => {
      // What the bot says of a change names who made it.
      const what = audience === 'aws-support' && cause !== null ? test : statement;
      return verdict === null
        ? []
        : [`${short(what)} → ${verdict}: ${short(finding ?? '') ?? '–'}`];
    }),
  );
  const fixes = plans.flatMap((plan) => {
    if (plan.implementedAtMs === null) return [];
    const ended = plan.rolledBackAtMs === null ? 'done' : 'rolled back';
    return [`${short(plan.solution)} (${ended}, ${utcWords(plan.implementedAtMs)})`];
  });
  return [...tests, ...fixes].slice(-ESCALATION_LIMITS.triesMax);
}
