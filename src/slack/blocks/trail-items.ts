import { type Burst, type Doing, foldBursts } from '../../domain/trail/bursts.ts';
import { CHANNEL_WORDS } from '../../domain/trail/circumstance-words.ts';
import { isDenied } from '../../domain/trail/query/matches-query.ts';
import type { TrailDetail, TrailRecord } from '../../domain/trail/record.ts';
import { shortName, tellingDetails, withoutLabelled } from '../../domain/trail/telling-names.ts';
import type { Untrusted } from '../../domain/untrusted.ts';
import { recordLink } from './links.ts';
import { bold, date, link, list, type Part, show, time, typed } from './text.ts';

export const BURSTS_SHOWN_MAX = 10;
const DOINGS_SHOWN_MAX = 4;
const NAMES_SHOWN_MAX = 3;
const DETAILS_SHOWN_MAX = 3;
const REGIONS_SHOWN_MAX = 3;

interface ItemContext {
  readonly consoleUrl: string | null;
  /** Said once in the heading, so only other Regions are named. */
  readonly mainRegion: string | null;
  /** What is said of a call on its line, by event id: these lines are never among the hidden. */
  readonly marks?: ReadonlyMap<string, string>;
}

/** Who did what to what, when, with which tool; the newest ten lines, and how many calls these are. */
export function recordItems(records: readonly TrailRecord[], context: ItemContext) {
  const { marks } = context;
  const bursts = foldBursts(records);
  const marked = bursts.filter((burst) => marksOf(burst, marks).length > 0);
  const others = bursts.filter((burst) => !marked.includes(burst));
  const chosen = new Set([...marked, ...others].slice(0, BURSTS_SHOWN_MAX));
  const shown = bursts.filter((burst) => chosen.has(burst));
  return {
    list: list(shown.map((burst) => burstItem(burst, context))),
    shownCount: shown.reduce((sum, { count }) => sum + count, 0),
  };
}

function marksOf({ eventIds }: Burst, marks: ItemContext['marks']): readonly string[] {
  return [...new Set(eventIds.flatMap((eventId) => marks?.get(eventId) ?? []))];
}

function burstItem(burst: Burst, context: ItemContext): Part {
  const { newest, count, fromMs, toMs } = burst;
  const url = recordLink(context.consoleUrl, newest);
  const details = count === 1 ? tellingDetails(newest).slice(0, DETAILS_SHOWN_MAX) : [];
  return [
    date(fromMs, 'second'),
    toMs === fromMs ? null : ['–', time(toMs)],
    ' ',
    show(newest.principal.label),
    ' ',
    ...doingParts(burst, details),
    ...details.map((detail): Part => [' · ', typed(detail.label, 60), ' ', show(detail.value)]),
    refusalPart(newest),
    ...marksOf(burst, context.marks).map((words): Part => [' · ', bold(words)]),
    ...circumstances(burst, context).map((words) => ` · ${words}`),
    url === null ? null : [' · ', link(url, count === 1 ? 'open' : 'open the last')],
  ];
}

/** "**stopped** a, b and 2 more; **deployed** c ×3": what was done to what, in the fewest words. */
export function doingParts(
  { doings, newest }: Burst,
  /** What stands beside it with a label. */
  details: readonly TrailDetail[] = [],
): Part[] {
  const hidden = doings.length - DOINGS_SHOWN_MAX;
  return [
    ...doings
      .slice(0, DOINGS_SHOWN_MAX)
      .map(
        (doing, index): Part => [
          index === 0 ? null : '; ',
          bold(doing.action),
          ...nameParts(doing, withoutLabelled(doing.names, details), newest.accountId),
          doing.times === 1 ? null : ` ×${doing.times}`,
        ],
      ),
    ...(hidden > 0 ? [`; and ${hidden} more ${hidden === 1 ? 'kind' : 'kinds'} of calls`] : []),
  ];
}

function nameParts(
  { joint }: Doing,
  names: readonly Untrusted[],
  accountId: string | null,
): readonly Part[] {
  const hidden = names.length - NAMES_SHOWN_MAX;
  return [
    ...names
      .slice(0, NAMES_SHOWN_MAX)
      .map((name, index): Part => [index === 0 ? joint : ', ', show(shortName(name, accountId))]),
    ...(hidden > 0 ? [` and ${hidden} more`] : []),
  ];
}

/** `: refused (AccessDenied)` where AWS said no, `: failed (…)` where something else went wrong. */
export function refusalPart(record: TrailRecord): Part {
  const error = record.errorCode ?? record.errorMessage;
  if (error === null) return null;
  return [`: ${isDenied(record) ? 'refused' : 'failed'} (`, show(error), ')'];
}

function circumstances({ newest, regions }: Burst, { mainRegion }: ItemContext): string[] {
  const { mfa, kind } = newest.principal;
  const channel = newest.channel === 'unknown' ? null : CHANNEL_WORDS[newest.channel];
  return [
    ...(channel === null ? [] : [channel]),
    ...(kind === 'human' && mfa !== null ? [mfa ? 'MFA' : 'no MFA'] : []),
    ...regions.filter((region) => region !== mainRegion).slice(0, REGIONS_SHOWN_MAX),
  ];
}
