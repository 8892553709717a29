import type { KnownBlock, RichTextList, RichTextQuote, RichTextSection } from '@slack/types';
import type { Evidence } from '../../domain/incident/evidence.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { stepNumber } from '../../domain/incident/steps.ts';
import { mainRegion } from '../../domain/main-region.ts';
import type { TrailRecord } from '../../domain/trail/record.ts';
import { sortChanges } from '../../domain/trail/telling-changes.ts';
import { actorChoice } from './actor-choices.ts';
import {
  ALARMS_SHOWN_MAX,
  alarmList,
  TRANSITIONS_SHOWN_MAX,
  transitionList,
} from './alarm-items.ts';
import { actions, aimAt, formButton } from './buttons.ts';
import { coverageBlocks, failureLines, nothingLine } from './coverage-text.ts';
import { fixFindings, fixHeading } from './fix-items.ts';
import type { MessageContent } from './message.ts';
import { statementFindings, statementHeading } from './statement-items.ts';
import { bold, line, type Part, richText, typed } from './text.ts';
import { recordItems } from './trail-items.ts';
import { countOf, HYPOTHESIS_WORDS, notification } from './words.ts';

type Element = RichTextSection | RichTextList | RichTextQuote;

/** What AWS said, with what the answer rests on. */
export function renderEvidence(
  state: IncidentState,
  evidence: Evidence,
  consoleUrl: string | null,
): MessageContent {
  const isStatement = evidence.kind === 'statement';
  return {
    text: notification(state, `evidence, ${evidenceNotice(evidence)}`),
    blocks: [
      richText(
        line(heading(state, evidence)),
        ...findings(state, evidence, consoleUrl),
        ...(isStatement ? [] : failureLines(evidence.coverage)),
      ),
      // A statement is about one call that was found: what was not seen elsewhere takes nothing from it.
      ...coverageBlocks(evidence.coverage).slice(0, isStatement ? 1 : undefined),
      ...nextSteps(state, evidence),
    ],
  };
}

/** `12 changes`: our own words, for a lock screen or an option. */
export function evidenceNotice(evidence: Evidence): string {
  const count = evidence.coverage.recordCount;
  switch (evidence.kind) {
    case 'alarms':
      return countOf(evidence.alarms.length, 'alarm');
    case 'changes':
      return countOf(count, 'change');
    case 'lookup':
      return `a lookup with ${countOf(count, 'record')}`;
    case 'statement':
      return evidence.answer === null ? 'a question to a person' : 'a statement';
  }
}

function heading(state: IncidentState, evidence: Evidence): Part {
  switch (evidence.kind) {
    case 'alarms':
      return [
        '🔔 ',
        bold('Alarms'),
        ` · ${countOf(evidence.alarms.length, 'alarm')}`,
        regionPart(evidence.alarms),
      ];
    case 'changes':
      if (evidence.fix !== undefined) return fixHeading(state, evidence);
      return [
        '🧵 ',
        bold('Changes'),
        ` · ${countOf(evidence.coverage.recordCount, 'change')}, newest first`,
        regionPart(evidence.records),
      ];
    case 'lookup':
      return [
        '🔎 ',
        bold('Lookup:'),
        ' ',
        typed(evidence.question, 300),
        regionPart(evidence.records),
      ];
    case 'statement':
      return statementHeading(evidence);
  }
}

/** The Region that is not repeated below. */
function regionPart(rows: readonly { readonly region: string }[]): Part {
  const region = mainRegion(rows);
  return region === null ? null : ` · ${region}`;
}

function findings(state: IncidentState, evidence: Evidence, consoleUrl: string | null): Element[] {
  if (evidence.kind === 'alarms') return alarmFindings(state, evidence, consoleUrl);
  if (evidence.kind === 'changes' && evidence.fix !== undefined) {
    return fixFindings(state, { ...evidence, fix: evidence.fix }, consoleUrl);
  }
  if (evidence.kind === 'changes') return changeFindings(state, evidence, consoleUrl);
  if (evidence.kind === 'statement') return statementFindings(evidence);
  return recordFindings(state, evidence, consoleUrl);
}

/** What people and pipelines did is read first; what AWS did by itself, and routine, is counted. */
/** "💡 hypothesis 2" on the line of what is part of it. */
function hypothesisMarks({ hypotheses }: IncidentState): ReadonlyMap<string, string> {
  return new Map(
    hypotheses.toReversed().flatMap(({ cause, number, status }) => {
      const words = `${HYPOTHESIS_WORDS[status].mark} hypothesis ${number}`;
      return (cause?.eventIds ?? []).map((eventId) => [eventId, words] as const);
    }),
  );
}

function changeFindings(
  state: IncidentState,
  evidence: Extract<Evidence, { kind: 'changes' }>,
  consoleUrl: string | null,
): Element[] {
  const { records, coverage } = evidence;
  if (records.length === 0) return [nothingLine(coverage, 'changes')];
  const { telling, byServiceCount, routineCount } = sortChanges(records);
  const marks = hypothesisMarks(state);
  const isTelling = new Set(telling);
  // What the bot builds upon is shown, also where AWS did it by itself.
  const wanted = records.filter((row) => isTelling.has(row) || marks.has(row.eventId));
  const shown = wanted.length > 0 ? wanted : records;
  const items = recordItems(shown, { consoleUrl, mainRegion: mainRegion(records), marks });
  const among = [
    ...(byServiceCount > 0 ? [`${byServiceCount} by AWS itself`] : []),
    ...(routineCount > 0 ? [`${routineCount} routine`] : []),
  ].join(', ');
  const isFolded = shown === wanted && wanted.length === telling.length && among !== '';
  const hidden = coverage.recordCount - items.shownCount;
  return [items.list, ...moreLine(hidden, isFolded ? `, ${among} among them` : '')];
}

function recordFindings(
  state: IncidentState,
  { records, coverage }: Extract<Evidence, { kind: 'lookup' }>,
  consoleUrl: string | null,
): Element[] {
  if (records.length === 0) return [nothingLine(coverage, 'records')];
  const marks = hypothesisMarks(state);
  const items = recordItems(records, { consoleUrl, mainRegion: mainRegion(records), marks });
  return [items.list, ...moreLine(coverage.recordCount - items.shownCount)];
}

function alarmFindings(
  state: IncidentState,
  evidence: Extract<Evidence, { kind: 'alarms' }>,
  consoleUrl: string | null,
): Element[] {
  const { alarms, transitions, coverage } = evidence;
  return [
    ...(alarms.length === 0
      ? [nothingLine(coverage, 'alarms')]
      : [
          alarmList(alarms, { transitions, consoleUrl, onset: state.ranking?.onset ?? null }),
          ...moreLine(alarms.length - ALARMS_SHOWN_MAX),
        ]),
    ...(transitions.length === 0
      ? []
      : [
          line(
            bold('State changes'),
            transitions.length > TRANSITIONS_SHOWN_MAX ? ', the newest' : null,
          ),
          transitionList(transitions),
        ]),
  ];
}

function moreLine(hidden: number, among = ''): Element[] {
  return hidden > 0 ? [line(`and ${hidden.toLocaleString('en-US')} more${among}`)] : [];
}

/** Until there is a fix on its way, anything seen may become a hypothesis. */
function nextSteps(state: IncidentState, evidence: Evidence): KnownBlock[] {
  if (state.status !== 'open') return [];
  const isSearching = stepNumber(state.step) < stepNumber('solve');
  const aim = aimAt(state, evidence.evidenceId);
  return actions(
    isSearching ? formButton('hypothesis', aim, { label: 'Make it a hypothesis' }) : null,
    actorChoice(state.incidentId, recordsShown(evidence)),
  );
}

/** Those that the card lists by who did them. */
function recordsShown(evidence: Evidence): readonly TrailRecord[] {
  switch (evidence.kind) {
    case 'changes': {
      const { telling } = sortChanges(evidence.records);
      return telling.length > 0 ? telling : evidence.records;
    }
    case 'lookup':
      return evidence.records;
    case 'alarms':
    case 'statement':
      return [];
  }
}
