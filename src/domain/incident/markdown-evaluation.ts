import { hasVisibleText } from '../text/cut-text.ts';
import { durationWords, utcWords } from '../text/time-words.ts';
import { upperFirst } from '../text/upper-first.ts';
import type { IncidentDocument } from './document.ts';
import type { StepDetour } from './document-parts.ts';
import type { StepDuration } from './durations.ts';
import type { Criterion, RemarkName } from './evaluation.ts';
import { isUntested } from './hypotheses.ts';
import type { MarkdownVoice } from './markdown-voice.ts';
import { INCIDENT_STEPS, type StepId, stepNumber } from './steps.ts';

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
  const verdicts = document.hypotheses.flatMap((row) => row.tests);
  const judged = verdicts.filter(isUntested).length;
  const failed = document.verifications.filter((row) => !row.verified).length;
  return [
    countWords(document.hypotheses.length, 'hypothesis', 'hypotheses'),
    countWords(verdicts.length - judged, 'test', 'tests'),
    ...(judged === 0 ? [] : [`${judged} judged without a test`]),
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
    ...evaluationBlocks(document, voice),
    `Written from the ${document.ofVersion} entries of the record.`,
  ];
}

/** Efficiency and time are asked about together, so the answer stands once, with the time. */
const REMARK_OF = {
  effectiveness: 'effectiveness',
  efficiency: null,
  time: 'efficiency',
  cost: 'cost',
  quality: 'quality',
  safety: 'safety',
} as const satisfies Record<Criterion, RemarkName | null>;

/** What the record says by criterion, and below it what people say. */
function evaluationBlocks(
  { process: criteria, evaluation }: IncidentDocument,
  voice: MarkdownVoice,
): readonly string[] {
  return [
    '### Evaluation',
    evaluation === null
      ? 'From the record alone: nobody has said how the process went.'
      : `From the record; quoted is what people say, written ${voice.when(evaluation.atMs, evaluation.by)}.`,
    ...criteria.flatMap(({ criterion, facts }) => {
      const name = REMARK_OF[criterion];
      const remark = name === null ? '' : (evaluation?.[name] ?? '');
      const rows = facts.map((fact) => `- ${voice.inline(fact)}`);
      return [
        [`**${upperFirst(criterion)}**`, '', ...rows].join('\n'),
        ...(hasVisibleText(remark) ? [voice.quote(remark, '')] : []),
      ];
    }),
  ];
}
