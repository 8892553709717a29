import type { RichTextList, RichTextSection } from '@slack/types';
import type { Evidence } from '../../domain/incident/evidence.ts';
import { type FixWrites, splitFixWrites } from '../../domain/incident/fix-writes.ts';
import type { IncidentState, Plan } from '../../domain/incident/state.ts';
import { mainRegion } from '../../domain/main-region.ts';
import type { TrailRecord } from '../../domain/trail/record.ts';
import { sortChanges } from '../../domain/trail/telling-changes.ts';
import { nothingLine } from './coverage-text.ts';
import { actor, bold, line, type Part } from './text.ts';
import { recordItems } from './trail-items.ts';
import { countOf } from './words.ts';

type Changes = Extract<Evidence, { kind: 'changes' }>;
type Element = RichTextSection | RichTextList;

const SAME_PERSON = 'by the same person, matched by e-mail';

export function fixHeading({ plans }: IncidentState, { fix, coverage, records }: Changes): Part {
  const number = plans.findIndex(({ planId }) => planId === fix?.planId) + 1;
  const region = mainRegion(records);
  return [
    '🧾 ',
    bold(`Writes while plan ${number} was carried out`),
    ` · ${countOf(coverage.recordCount, 'write')}`,
    region === null ? null : ` · ${region}`,
  ];
}

/** What the plan accounts for, then what else was seen: it may have to do with the plan, or not. */
export function fixFindings(
  { plans }: IncidentState,
  { fix, records, coverage }: Changes & { readonly fix: FixWrites },
  consoleUrl: string | null,
): Element[] {
  if (coverage.recordCount === 0) return [nothingLine(coverage, 'writes')];
  const plan = plans.find(({ planId }) => planId === fix.planId);
  const { inside, outside } = splitFixWrites(records, fix);
  const byPerson = fix.inside.filter(({ because }) => because === 'person');
  const marks = new Map([
    ...byPerson.map(({ eventId }) => [eventId, 'matched by e-mail'] as const),
    ...(fix.samePerson ?? []).map((eventId) => [eventId, SAME_PERSON] as const),
  ]);
  const context = { consoleUrl, mainRegion: mainRegion(records), marks };
  const counts = { inside: fix.inside.length, outside: coverage.recordCount - fix.inside.length };
  return [
    line(bold('In the plan:'), ...(counts.inside === 0 ? [' ', noneWords(plan)] : [])),
    ...items(inside, counts.inside, context),
    line(bold('Also seen then:'), counts.outside === 0 ? ' nothing' : null),
    ...items(outside, counts.outside, context),
  ];
}

/** What was looked for, so that "none" is read for what it is. */
function noneWords(plan: Plan | undefined): Part {
  const by = plan?.implementedBy ?? null;
  return plan === undefined || plan.resources.length === 0
    ? ['none was by ', actor(by), ', and the plan names no resources']
    : 'none names what the plan touches';
}

/** What people and pipelines did; what AWS did by itself, and routine, is counted. */
function items(
  records: readonly TrailRecord[],
  count: number,
  context: Parameters<typeof recordItems>[1],
): Element[] {
  if (records.length === 0) return [];
  const { telling, byServiceCount, routineCount } = sortChanges(records);
  const shown = telling.length > 0 ? telling : records;
  const { list, shownCount } = recordItems(shown, context);
  const hidden = count - shownCount;
  const among = [
    ...(byServiceCount > 0 ? [`${byServiceCount} by AWS itself`] : []),
    ...(routineCount > 0 ? [`${routineCount} routine`] : []),
  ].join(', ');
  const isFolded = shown === telling && among !== '';
  if (hidden <= 0) return [list];
  return [list, line(`and ${hidden.toLocaleString('en-US')} more${isFolded ? `, ${among}` : ''}`)];
}
