import { utcWords } from '../text/time-words.ts';
import { formatLength } from '../time/format-when.ts';
import { untrusted } from '../untrusted.ts';
import { type ExplanationSentence, listParts } from './explanation.ts';
import { nameInArn, rateWords } from './insight.ts';
import type { InsightFinding, TrailRecord } from './record.ts';
import { serviceWords } from './service-names.ts';

const ATTRIBUTED_SHOWN_MAX = 5;
const AROUND_MS = 10 * 60_000;

/** What CloudTrail found unusual, against what, and whom it puts it down to. */
export function explainInsight(
  record: TrailRecord,
  insight: InsightFinding,
): readonly ExplanationSentence[] {
  const what = insight.measure === 'error-rate' ? 'errors' : 'calls';
  const marks = insight.state === 'start' ? 'start' : 'end';
  return [
    [
      `CloudTrail Insights saw an unusual rate of ${what} ${insight.state === 'start' ? 'begin' : 'end'}: `,
      `${record.eventName} of ${serviceWords(record.eventSource)}`,
      ...(insight.errorCode === null ? [] : [', failing with ', { value: insight.errorCode }]),
      '.',
    ],
    [...rateParts(insight, what)],
    [
      `This record marks its ${marks}: ${utcWords(record.atMs)}, in Region ${record.region}`,
      record.accountId === null ? '' : ` of account ${record.accountId}`,
      ...durationParts(insight),
      '.',
    ],
    ...attributionSentences(insight),
    [
      'It is a finding, not a call: it has no caller, address, tool or MFA of its own. ',
      `To see the calls, ask: event:${record.eventName} ${aroundWords(record, insight)}.`,
    ],
    ...(record.sharedEventId === null
      ? []
      : [[`Its start and its end share the id ${record.sharedEventId}.`]]),
  ];
}

function rateParts(
  { insightPerMinute: now, baselinePerMinute: usual }: InsightFinding,
  what: string,
): ExplanationSentence {
  if (now === null) return [`How many ${what} there were is not recorded.`];
  const rate = `On average there were ${number(now)} ${what} a minute`;
  if (usual === null) return [`${rate}; the usual rate is not recorded.`];
  if (usual === 0) return [`${rate}; usually there are none.`];
  const rare = usual < 0.1 ? ` (${rateWords(usual)})` : '';
  const times = now / usual;
  return [
    `${rate}, against a baseline of ${number(usual)} a minute${rare}`,
    times >= 1.1 ? `: about ${number(times)} times as many.` : '.',
  ];
}

function durationParts({ durationMinutes, state }: InsightFinding): ExplanationSentence {
  if (durationMinutes === null) return [];
  const length = formatLength(durationMinutes * 60_000);
  return [state === 'start' ? `; it had lasted ${length} by then` : `; it lasted ${length}`];
}

/** A window that holds the calls that were too many. */
function aroundWords({ atMs }: TrailRecord, { state, durationMinutes }: InsightFinding): string {
  const lastedMs = state === 'end' ? (durationMinutes ?? 0) * 60_000 : 0;
  return `since ${minuteOf(atMs - lastedMs - AROUND_MS)} until ${minuteOf(atMs + AROUND_MS)}`;
}

/** "2026-03-10T10:42Z", as a question takes it. */
function minuteOf(atMs: number): string {
  const [, day = '', minute = ''] = /^(\S+) (\d\d:\d\d)/.exec(utcWords(atMs)) ?? [];
  return day === '' ? 'then' : `${day}T${minute}Z`;
}

const PUT_DOWN = {
  identity: 'CloudTrail puts it down to ',
  'user-agent': 'The programs that made them: ',
  'error-code': 'How they ended: ',
} as const satisfies Record<InsightFinding['attributions'][number]['attribute'], string>;

function attributionSentences({ attributions }: InsightFinding): readonly ExplanationSentence[] {
  const attributes = ['identity', 'user-agent', 'error-code'] as const;
  const sentences = attributes.flatMap((attribute) => {
    const shares = attributions.filter((share) => share.attribute === attribute);
    if (shares.length === 0) return [];
    const items = shares.map(shareParts);
    return [[PUT_DOWN[attribute], ...listParts(items, ATTRIBUTED_SHOWN_MAX), '.']];
  });
  const isNamed = attributions.some(({ attribute }) => attribute === 'identity');
  return isNamed ? sentences : [['CloudTrail does not say whom it puts it down to.'], ...sentences];
}

function shareParts(share: InsightFinding['attributions'][number]): ExplanationSentence {
  const { attribute, value, insightPerMinute: now, baselinePerMinute: usual } = share;
  const rates = [
    now === null ? '' : `${number(now)} a minute`,
    usual === null ? 'not seen in the baseline' : `usually ${number(usual)}`,
  ].filter((words) => words !== '');
  return [...nameParts(attribute, value), ` (${rates.join(', ')})`];
}

/** "the role deploy" is what people call `arn:…:assumed-role/deploy`. */
function nameParts(
  attribute: string,
  value: InsightFinding['attributions'][number]['value'],
): ExplanationSentence {
  if (attribute === 'error-code' && value === 'null') return ['without an error'];
  const [, kind = '', name = ''] = /^(assumed-role|role|user)\/(.+)$/.exec(nameInArn(value)) ?? [];
  if (name === '') return [{ value }];
  return [kind === 'user' ? 'the user ' : 'the role ', { value: untrusted(name) }];
}

/** Two digits that say something: "51,000", "5", "0.000098". */
function number(value: number): string {
  const digits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 2 });
  return digits.format(value);
}
