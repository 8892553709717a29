import { durationWords, utcWords } from '../text/time-words.ts';
import type { IncidentDocument, StepDetour } from './document.ts';
import { DURATION_MEANINGS, type Duration, type StepDuration } from './durations.ts';
import type { MarkdownVoice } from './markdown-voice.ts';
import { INCIDENT_STEPS, type StepId, stepNumber } from './steps.ts';

/** Near the top: what is not known is part of what is known. */
export function missingSection(
  { missing, closure }: IncidentDocument,
  voice: MarkdownVoice,
): readonly string[] {
  const reason = closure?.reason ?? null;
  const rows = missing.map((row) => `- Not recorded: ${row.name}.`);
  return [
    ...(rows.length === 0 ? [] : ['## Missing from the record', rows.join('\n')]),
    ...(reason === null ? [] : ['**Reason given when it was closed**', voice.quote(reason, '')]),
  ];
}

function durationRow({ id, ms }: Duration): string {
  return `| ${id} | ${ms === null ? 'not recorded' : durationWords(ms)} | ${DURATION_MEANINGS[id]} |`;
}

export function durationsSection({ durations }: IncidentDocument): readonly string[] {
  return [
    '## Durations',
    ['| time to | took | meaning |', '| --- | --- | --- |', ...durations.map(durationRow)].join(
      '\n',
    ),
  ];
}

const stepTitle = (step: StepId): string =>
  INCIDENT_STEPS.find((row) => row.id === step)?.title ?? step;

function stepRow({ step, visitCount, ms }: StepDuration): string {
  const took = visitCount === 0 ? 'not entered' : durationWords(ms);
  return `| ${stepNumber(step)}. ${stepTitle(step)} | ${visitCount} | ${took} |`;
}

function detourRow(detour: StepDetour, voice: MarkdownVoice): string {
  const move = detour.direction === 'back' ? 'Back' : 'Ahead';
  const reason = detour.reason === null ? '' : `: ${voice.inline(detour.reason)}`;
  return `- ${utcWords(detour.atMs)}, ${voice.actor(detour.by)}: ${move} from step ${stepNumber(detour.from)} to step ${stepNumber(detour.to)}${reason}`;
}

function countWords(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function numbersSentence(document: IncidentDocument): string {
  const tests = document.hypotheses.flatMap((row) => row.tests).length;
  const failed = document.verifications.filter((row) => !row.verified).length;
  return [
    countWords(document.hypotheses.length, 'hypothesis', 'hypotheses'),
    countWords(tests, 'test', 'tests'),
    countWords(document.plans.length, 'plan', 'plans'),
    countWords(failed, 'failed verification', 'failed verifications'),
    countWords(document.reopenings.length, 'reopening', 'reopenings'),
  ].join(', ');
}

/** How the work went, counted from the record; judging it is left to people. */
export function processSection(
  document: IncidentDocument,
  voice: MarkdownVoice,
): readonly string[] {
  const { steps, detours, reopenings, abandonedWork } = document;
  return [
    '## How the process went',
    `${numbersSentence(document)}.`,
    ['| step | entered | time spent |', '| --- | --- | --- |', ...steps.map(stepRow)].join('\n'),
    detours.length === 0
      ? 'Every step followed the one before; nothing was skipped or done again.'
      : ['**Off the straight path**', '', ...detours.map((row) => detourRow(row, voice))].join(
          '\n',
        ),
    ...(reopenings.length === 0
      ? []
      : [
          [
            '**Reopened**',
            '',
            ...reopenings.map(
              (row) => `- ${voice.when(row.atMs, row.by)}: ${voice.inline(row.reason)}`,
            ),
          ].join('\n'),
        ]),
    ...(abandonedWork.length === 0
      ? []
      : [
          [
            '**What the bot could not do**',
            '',
            ...abandonedWork.map(
              (row) =>
                `- ${utcWords(row.atMs)}: ${voice.inline(row.task)}: ${voice.inline(row.reason)}`,
            ),
          ].join('\n'),
        ]),
    `Written from version ${document.ofVersion} of the record.`,
  ];
}
