import { type Burst, foldBursts } from '../../domain/trail/bursts.ts';
import { isDenied } from '../../domain/trail/query/matches-query.ts';
import type { Channel, TrailRecord } from '../../domain/trail/record.ts';
import { shortName, tellingDetails } from '../../domain/trail/telling-names.ts';
import { recordLink } from './links.ts';
import { bold, date, link, list, type Part, show, time, typed } from './text.ts';

export const BURSTS_SHOWN_MAX = 10;
const NAMES_SHOWN_MAX = 3;
const DETAILS_SHOWN_MAX = 3;
const REGIONS_SHOWN_MAX = 3;

const CHANNEL_WORDS = {
  console: 'in the console',
  cloudshell: 'in CloudShell',
  cli: 'with the CLI',
  sdk: 'with an SDK',
  terraform: 'with Terraform',
  opentofu: 'with OpenTofu',
  pulumi: 'with Pulumi',
  cdk: 'with the CDK',
  cloudformation: 'by CloudFormation',
  service: 'by an AWS service',
  unknown: null,
} as const satisfies Record<Channel, string | null>;

interface ItemContext {
  readonly consoleUrl: string | null;
  /** Said once in the heading, so only other Regions are named. */
  readonly mainRegion: string | null;
}

/** Who did what to what, when, with which tool; the newest ten lines, and how many calls these are. */
export function recordItems(records: readonly TrailRecord[], context: ItemContext) {
  const shown = foldBursts(records).slice(0, BURSTS_SHOWN_MAX);
  return {
    list: list(shown.map((burst) => burstItem(burst, context))),
    shownCount: shown.reduce((sum, { count }) => sum + count, 0),
  };
}

function burstItem(burst: Burst, context: ItemContext): Part {
  const { newest, count, fromMs, toMs } = burst;
  const url = recordLink(context.consoleUrl, newest);
  return [
    date(fromMs, 'second'),
    toMs === fromMs ? null : ['–', time(toMs)],
    ' ',
    show(newest.principal.label),
    ' ',
    bold(burst.action),
    ...objectParts(burst),
    burst.tellsCount || count === 1 ? null : ` (${count} calls)`,
    ...(count === 1 ? details(newest) : []),
    refusalPart(newest),
    ...circumstances(burst, context).map((words) => ` · ${words}`),
    url === null ? null : [' · ', link(url, count === 1 ? 'open' : 'open the last')],
  ];
}

/** ` on a, b, c and 2 more`: what it was done to, in the fewest words. */
export function objectParts({ names, joint, newest }: Burst): Part[] {
  const hidden = names.length - NAMES_SHOWN_MAX;
  return [
    ...names
      .slice(0, NAMES_SHOWN_MAX)
      .map(
        (name, index): Part => [
          index === 0 ? joint : ', ',
          show(shortName(name, newest.accountId)),
        ],
      ),
    ...(hidden > 0 ? [` and ${hidden} more`] : []),
  ];
}

/** `: refused (AccessDenied)` where AWS said no, `: failed (…)` where something else went wrong. */
export function refusalPart(record: TrailRecord): Part {
  const error = record.errorCode ?? record.errorMessage;
  if (error === null) return null;
  return [`: ${isDenied(record) ? 'refused' : 'failed'} (`, show(error), ')'];
}

function details(record: TrailRecord): Part[] {
  return tellingDetails(record)
    .slice(0, DETAILS_SHOWN_MAX)
    .map((detail): Part => [' · ', typed(detail.label, 60), ' ', show(detail.value)]);
}

function circumstances({ newest, regions }: Burst, { mainRegion }: ItemContext): string[] {
  const { mfa, kind } = newest.principal;
  const channel = CHANNEL_WORDS[newest.channel];
  return [
    ...(channel === null ? [] : [channel]),
    ...(kind === 'human' && mfa !== null ? [mfa ? 'MFA' : 'no MFA'] : []),
    ...regions.filter((region) => region !== mainRegion).slice(0, REGIONS_SHOWN_MAX),
  ];
}
