import { formatLength } from '../time/format-when.ts';
import { keptText, keptTextOrNull } from './kept-text.ts';
import type { InsightFinding, Principal, TrailDetail } from './record.ts';

/** An Insights event as the edge has read it. Rates are per minute; nothing is cut or cleaned yet. */
export interface RawInsight extends Omit<InsightFinding, 'errorCode' | 'attributions'> {
  readonly errorCode: string | null;
  readonly attributions: readonly {
    readonly attribute: InsightFinding['attributions'][number]['attribute'];
    readonly insight: readonly RawShare[];
    readonly baseline: readonly RawShare[];
  }[];
}

export interface RawShare {
  readonly value: string;
  readonly perMinute: number | null;
}

const ATTRIBUTED_MAX = 5;

/** Who or what made the unusual calls, the strongest first, each beside its own usual rate. */
export function insightOf({ attributions, errorCode, ...raw }: RawInsight): InsightFinding {
  return {
    ...raw,
    errorCode: keptTextOrNull(errorCode),
    attributions: attributions.flatMap(({ attribute, insight, baseline }) =>
      insight
        .toSorted((a, b) => (b.perMinute ?? 0) - (a.perMinute ?? 0))
        .slice(0, ATTRIBUTED_MAX)
        .map(({ value, perMinute }) => ({
          attribute,
          value: keptText(value),
          insightPerMinute: perMinute,
          baselinePerMinute: baseline.find((share) => share.value === value)?.perMinute ?? null,
        })),
    ),
  };
}

/** Nobody called anything: CloudTrail itself noticed. Whom it names is evidence, not the actor. */
export function insightPrincipal(accountId: string | null): Principal {
  return {
    label: keptText('CloudTrail Insights'),
    kind: 'service',
    confidence: 'certain',
    reason: 'CloudTrail noticed an unusual rate; whom it puts that down to is beside it',
    accountId,
    userName: null,
    roleName: null,
    sessionName: null,
    mfa: null,
  };
}

/** What an Insights event did, where a call's own verb would stand. */
export function insightWords({ measure, state }: InsightFinding): string {
  const what = measure === 'error-rate' ? 'errors' : 'calls';
  return `saw an unusual rate of ${what} ${state === 'start' ? 'begin' : 'end'}`;
}

/** How much, and who it is put down to, for places that show a record's details. */
export function insightDetails(insight: InsightFinding): readonly TrailDetail[] {
  const identities = insight.attributions
    .filter(({ attribute }) => attribute === 'identity')
    .map(({ value }) => nameInArn(value));
  const { insightPerMinute: now, baselinePerMinute: usual } = insight;
  return [
    ...(now === null ? [] : [{ label: 'rate', value: keptText(rateWords(now)) }]),
    ...(usual === null ? [] : [{ label: 'usually', value: keptText(rateWords(usual)) }]),
    ...(identities.length === 0
      ? []
      : [{ label: 'put down to', value: keptText(identities.join(', ')) }]),
  ];
}

/** `assumed-role/deploy` of an ARN; anything else as it is. */
export function nameInArn(text: string): string {
  return /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d{0,12}:(.+)$/.exec(text)?.[1] ?? text;
}

/** "5 a minute", "0.4 a minute", "about one in 7 days". */
export function rateWords(perMinute: number): string {
  if (perMinute === 0) return 'none';
  if (perMinute < 0.1) return `about one in ${formatLength(60_000 / perMinute)}`;
  const rounded = perMinute < 10 ? Number(perMinute.toPrecision(2)) : Math.round(perMinute);
  return `${rounded.toLocaleString('en-US')} a minute`;
}
