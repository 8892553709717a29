import { hasVisibleText } from '../text/cut-text.ts';
import { markdownLink } from '../text/markdown-text.ts';
import { utcClock, utcDay, utcWords } from '../text/time-words.ts';
import type { IncidentDocument } from './document.ts';
import type { DocumentPlan } from './document-parts.ts';
import { headedText, type MarkdownVoice, notRecorded } from './markdown-voice.ts';
import { watchBlocks } from './markdown-watch.ts';
import { windowWords } from './plan-scope.ts';
import type { Hypothesis, PlanStatus } from './state.ts';
import type { TimelineEntry } from './timeline.ts';

function timelineRow(entry: TimelineEntry, voice: MarkdownVoice): string {
  const by = entry.actor === null ? '' : `${voice.actor(entry.actor)}: `;
  const detail = entry.detail === null ? '' : `: ${voice.inline(entry.detail)}`;
  const link = entry.link === null ? '' : ` (${markdownLink('link', entry.link)})`;
  const until = entry.untilMs === undefined ? '' : `–${utcClock(entry.untilMs)}`;
  return `- **${utcClock(entry.atMs)}${until}** ${by}${voice.inline(entry.sentence)}${detail}${link}`;
}

export function timelineSection(
  { timeline }: IncidentDocument,
  voice: MarkdownVoice,
): readonly string[] {
  return [
    '## Timeline',
    'All times are UTC. Messages, alarms and changes stand at their own time.',
    ...timelineDays(timeline, voice),
  ];
}

/** Times in UTC below their day, so that an incident over midnight stays readable. */
export function timelineDays(
  timeline: readonly TimelineEntry[],
  voice: MarkdownVoice,
): readonly string[] {
  const days = Map.groupBy(timeline, (entry) => utcDay(entry.atMs));
  return [...days].flatMap(([day, entries]) => [
    `### ${day} (UTC)`,
    entries.map((entry) => timelineRow(entry, voice)).join('\n'),
  ]);
}

const PLAN_STATUS_WORDS = {
  planned: 'planned, not approved',
  approved: 'cleared, not implemented',
  implemented: 'implemented',
  'rolled-back': 'rolled back',
  replaced: 'replaced by a later plan before it was implemented',
} as const satisfies Record<PlanStatus, string>;

function approvalBlocks({ approval, need }: DocumentPlan, voice: MarkdownVoice): readonly string[] {
  if (approval === null) {
    return need.rule === 'none'
      ? ['None was asked for at this severity.']
      : [notRecorded('nobody approved this plan.')];
  }
  const when = voice.when(approval.atMs, approval.by);
  return approval.kind === 'approved'
    ? [`Approved ${when}.`]
    : [
        `Went ahead without the approval of another person; waived ${when}, because:`,
        voice.quote(approval.reason, 'the reason.'),
      ];
}

function implementationBlocks(plan: DocumentPlan, voice: MarkdownVoice): readonly string[] {
  const { implementedBy, implementedAtMs, rolledBackAtMs } = plan;
  if (implementedBy === null || implementedAtMs === null) {
    return [notRecorded('this plan was not implemented.')];
  }
  return [
    `Implemented ${voice.when(implementedAtMs, implementedBy)}:`,
    voice.quote(plan.implementedWhat ?? '', 'what was done.'),
    ...(rolledBackAtMs === null
      ? []
      : [
          `Rolled back ${utcWords(rolledBackAtMs)}, because:`,
          voice.quote(plan.rolledBackReason ?? '', 'the reason.'),
        ]),
  ];
}

function scopeBlocks({ resources, window }: DocumentPlan, voice: MarkdownVoice): readonly string[] {
  return [
    ...(resources.length === 0
      ? []
      : [`**Touches:** ${resources.map((name) => voice.inline(name)).join(', ')}`]),
    ...(window === null ? [] : [`**Window:** ${windowWords(window)}`]),
  ];
}

function planBlocks(
  plan: DocumentPlan,
  hypotheses: readonly Hypothesis[],
  voice: MarkdownVoice,
): readonly string[] {
  const cause = hypotheses.find((row) => row.hypothesisId === plan.hypothesisId);
  const purpose =
    cause === undefined
      ? 'A mitigation: it rests on no confirmed hypothesis.'
      : `Against hypothesis ${cause.number}.`;
  return [
    ...headedText(`Plan ${plan.number} (${PLAN_STATUS_WORDS[plan.status]})`, plan.solution, voice),
    `Planned ${voice.when(plan.plannedAtMs, plan.by)}. ${purpose}`,
    '**Risk**',
    voice.quote(plan.risk, 'the risk.'),
    ...(hasVisibleText(plan.mitigation)
      ? ['**How the risk is kept small**', voice.quote(plan.mitigation, '')]
      : []),
    '**Way back**',
    voice.quote(plan.rollback, 'the way back.'),
    ...scopeBlocks(plan, voice),
    '**Approval**',
    ...approvalBlocks(plan, voice),
    '**Implementation**',
    ...implementationBlocks(plan, voice),
  ];
}

export function solutionSection(
  document: IncidentDocument,
  voice: MarkdownVoice,
): readonly string[] {
  if (document.plans.length === 0) {
    return ['## Solution', notRecorded('no solution was planned.')];
  }
  return [
    '## Solution',
    ...document.plans.flatMap((plan) => planBlocks(plan, document.hypotheses, voice)),
  ];
}

export function verificationSection(
  document: IncidentDocument,
  voice: MarkdownVoice,
): readonly string[] {
  const { verifications, checks } = document;
  const checked = checks.map(
    ({ text, by, atMs }) => `- ${voice.inline(text, 3_000)} (${voice.when(atMs, by)})`,
  );
  return [
    '## Verification',
    ...(verifications.length === 0
      ? [notRecorded('nobody verified that the problem is gone.')]
      : []),
    ...verifications.flatMap((row) => [
      `**${row.verified ? 'It works' : 'It does not work'}**, found ${voice.when(row.atMs, row.by)}:`,
      voice.quote(row.finding, 'the finding.'),
    ]),
    ...watchBlocks(document, voice),
    ...(checked.length === 0 ? [] : ['**Checked**:', checked.join('\n')]),
  ];
}

export function escalationsSection(
  { escalations }: IncidentDocument,
  voice: MarkdownVoice,
): readonly string[] {
  if (escalations.length === 0) return ['## Escalations', 'None.'];
  return [
    '## Escalations',
    ...escalations.flatMap((row) => [
      `To **${voice.inline(row.to)}**, ${voice.when(row.atMs, row.by)}:`,
      voice.quote(row.reason, 'the reason.'),
    ]),
  ];
}

export function lessonsSection(
  { findings }: IncidentDocument,
  voice: MarkdownVoice,
): readonly string[] {
  return ['## Lessons', voice.quote(findings?.lessons ?? '', 'no lessons were written down.')];
}

export function measuresSection(
  { findings }: IncidentDocument,
  voice: MarkdownVoice,
): readonly string[] {
  const measures = (findings?.preventiveMeasures ?? []).map(
    (row) =>
      `- ${voice.inline(row.text, 3_000)} (${row.ownerId === null ? 'nobody has taken it yet' : `owner: ${voice.person(row.ownerId)}`})`,
  );
  return [
    '## Preventive measures',
    measures.length === 0 ? notRecorded('no measure was agreed.') : measures.join('\n'),
  ];
}
