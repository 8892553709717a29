import { describe, expect, test } from 'vitest';
import { buildDocument, type IncidentDocument } from '../../../src/domain/incident/document.ts';
import type { RecordedEvent } from '../../../src/domain/incident/events.ts';
import { renderMarkdown } from '../../../src/domain/incident/render-markdown.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import {
  aCoverage,
  aTrailRecord,
  FULL_NAMES,
  FULL_PERMALINKS,
  fullIncident,
} from '../../support/full-incident.ts';
import {
  ana,
  bot,
  commands,
  eventsUpTo,
  MINUTE_MS,
  OPENED_AT_MS,
  openCommand,
  play,
  STARTED_AT_MS,
  stateOf,
} from '../../support/incident-builders.ts';
import { HOSTILE_TEXTS } from '../../support/part-arbitraries.ts';

function documentOf(
  events: readonly RecordedEvent[],
  changes: { readonly generatedAtMs?: number; readonly names?: ReadonlyMap<string, string> } = {},
): IncidentDocument {
  return buildDocument({
    state: stateOf(events),
    events,
    names: FULL_NAMES,
    permalinks: FULL_PERMALINKS,
    generatedAtMs: OPENED_AT_MS,
    ...changes,
  });
}

const markdownOf = (events: readonly RecordedEvent[]): string => renderMarkdown(documentOf(events));

const aTarget = (region: string, accountId: string | null, outcome: 'found' | 'nothing') => ({
  accountId,
  region,
  outcome,
  count: 1,
  truncated: false,
  explanation: null,
});

/** The blocks below a heading, up to the next heading of the same level. */
function section(markdown: string, title: string): string {
  const [, after = ''] = markdown.split(`\n## ${title}\n`);
  return after.split('\n## ')[0]?.trim() ?? '';
}

describe('the document', () => {
  test('of a closed incident has the same bytes whenever it is made, also after publishing', () => {
    const events = fullIncident();
    const published = play(
      [[{ type: 'record-publication', ofVersion: 9, permalink: null, canvasLink: null }, bot]],
      events,
    );
    const first = documentOf(events, { generatedAtMs: 1 });
    const second = documentOf(published, { generatedAtMs: 2 });
    expect(renderMarkdown(second)).toBe(renderMarkdown(first));
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  });

  test('of an open incident says as of when', () => {
    const markdown = markdownOf(eventsUpTo('plan'));
    expect(markdown).toContain('- **Status:** open, as of 2026-03-08 10:45:00 UTC');
  });

  test('of a complete incident misses nothing', () => {
    const document = documentOf(fullIncident());
    expect(document.missing).toEqual([]);
    expect(renderMarkdown(document)).not.toContain('Missing from the record');
  });

  test('of an incident closed at once names everything that is missing, and the reason', () => {
    const markdown = markdownOf(
      play([[{ type: 'close-incident', reason: 'not an incident' }, ana]], eventsUpTo('open')),
    );
    expect(section(markdown, 'Missing from the record')).toBe(
      [
        '- Not recorded: the problem statement.',
        '- Not recorded: who was affected.',
        '- Not recorded: the component.',
        '- Not recorded: a tested hypothesis.',
        '- Not recorded: a plan with its risk and the way back.',
        '- Not recorded: an implemented solution.',
        '- Not recorded: a verified solution.',
        '- Not recorded: the root cause.',
        '- Not recorded: preventive measures.',
        '- Not recorded: an owner.',
        '- Not recorded: lessons.',
        '',
        '**Reason given when it was closed**',
        '',
        '> not an incident',
      ].join('\n'),
    );
    expect(section(markdown, 'Root cause')).toBe(
      '_Not recorded: the root cause was not written down._\n\n_Not recorded: no hypothesis was confirmed by a test._',
    );
  });

  test('says which hypothesis a test confirmed', () => {
    expect(section(markdownOf(fullIncident()), 'Root cause')).toContain(
      'Confirmed by test: hypothesis 2.',
    );
  });

  test('counts no test where somebody judged without one', () => {
    const markdown = markdownOf(play([[commands.confirm, ana]], eventsUpTo('propose')));
    expect(section(markdown, 'Timeline')).toContain(
      'Ana: Hypothesis 1 judged on what is on record, without a test',
    );
    expect(markdown).not.toContain('Test of hypothesis 1');
    const process = section(markdown, 'How the process went');
    expect(process).toContain('1 hypothesis, 0 tests, 1 judged without a test, 0 plans');
    expect(process).toContain('it was the only one when it was judged');
  });

  test('keeps eliminated hypotheses with their tests and findings', () => {
    const hypotheses = section(markdownOf(fullIncident()), 'Hypotheses');
    expect(hypotheses).toContain(
      '### Hypothesis 1 (eliminated): The 10:30 deployment broke the health check.',
    );
    expect(hypotheses).toContain('> The health check answers 200 from inside the network.');
  });

  test('tells who waived an approval and why, and what was rolled back', () => {
    const solution = section(markdownOf(fullIncident()), 'Solution');
    expect(solution).toContain(
      'Went ahead without the approval of another person; waived 2026-03-08 11:01:00 UTC by Ana, because:\n\n> Nobody else is awake',
    );
    expect(solution).toContain('### Plan 1 (rolled back): Send traffic to the standby Region.');
    expect(solution).toContain('Rolled back 2026-03-08 11:04:00 UTC, because:');
    expect(solution).toContain('Approved 2026-03-08 11:09:00 UTC by Ana.');
  });

  test('tells in short every solution that stands, containment too', () => {
    const document = documentOf(eventsUpTo('verify'));
    const plans = document.plans.flatMap((plan) => [
      { ...plan, number: 1, solution: 'Contain it.' },
      { ...plan, number: 2, solution: 'Try it.', status: 'rolled-back' as const },
      { ...plan, number: 3 },
    ]);
    expect(section(renderMarkdown({ ...document, plans }), 'In short')).toContain(
      '- **Solution:** Plan 1: Contain it. Plan 3: Put the rule for 443 back.',
    );
    expect(section(renderMarkdown(document), 'In short')).toContain(
      '- **Solution:** Put the rule for 443 back.',
    );
  });

  test('says what the evidence covers and what could not be seen', () => {
    const evidence = section(markdownOf(fullIncident()), 'Evidence and what it covers');
    expect(evidence).toContain('account 111122223333, eu-west-1: found 1');
    expect(evidence).toContain('1 of 2 accounts searched; 444455556666 (staging): access denied');
    expect(evidence).toContain(
      'account 444455556666 (staging), eu-west-1: not seen: access denied',
    );
    expect(evidence).toContain('Not delivered yet, perhaps: events after 2026-03-08 10:30:00 UTC');
    expect(evidence).toContain('[Card in the thread](https://example.slack.com/');
  });

  test('says how many records are older than the time covered, and whose a silent Region is', () => {
    const coverage = aCoverage({
      fromMs: STARTED_AT_MS,
      recordCount: 2,
      targets: [
        aTarget('eu-west-1', '111122223333', 'found'),
        aTarget('us-east-1', null, 'nothing'),
      ],
    });
    const records = [
      aTrailRecord({ eventId: 'in', atMs: STARTED_AT_MS }),
      aTrailRecord({ eventId: 'before', atMs: STARTED_AT_MS - 1 }),
    ];
    const told = {
      kind: 'changes',
      evidenceId: 'e',
      gatheringId: null,
      coverage,
      records,
    } as const;
    const evidence = section(
      markdownOf(play([[{ type: 'record-evidence', evidence: told }, bot]], eventsUpTo('open'))),
      'Evidence and what it covers',
    );
    expect(evidence).toContain('- Records: 2, 1 of them from before this time');
    expect(evidence).toContain('  - account 111122223333, us-east-1: nothing found');
  });

  test('ends with the evidence: whoever looks something up knows where', () => {
    const headings = markdownOf(fullIncident()).match(/^## .*$/gm);
    expect(headings?.slice(-3)).toEqual([
      '## Durations',
      '## How the process went',
      '## Evidence and what it covers',
    ]);
  });

  test('tells what one session did at once in one line, with the names of its calls', () => {
    const records = ['sg-0abc', 'sg-0def'].map((name, index) =>
      aTrailRecord({
        eventId: `event-${index}`,
        eventName: index === 0 ? 'AuthorizeSecurityGroupIngress' : 'RevokeSecurityGroupIngress',
        atMs: STARTED_AT_MS - index * 22_000,
        resources: [
          { type: null, name: untrusted(name) },
          { type: null, name: untrusted(`arn:aws:ec2:eu-west-1:111122223333:sg/${name}`) },
        ],
      }),
    );
    const evidence = {
      evidenceId: 'evidence-1',
      gatheringId: null,
      kind: 'changes',
      coverage: aCoverage(),
      records,
    } as const;
    const markdown = markdownOf(
      play([[{ type: 'record-evidence', evidence }, bot]], eventsUpTo('open')),
    );
    const told =
      'clean-up-job changed 2 security group rules in sg-0def and sg-0abc (RevokeSecurityGroupIngress, AuthorizeSecurityGroupIngress; 2 calls; eu-west-1)';
    expect(section(markdown, 'Timeline')).toContain(
      `- **10:41:38–10:42:00** Changes in AWS: ${told}`,
    );
    expect(section(markdown, 'Evidence and what it covers')).toContain(
      `- 2026-03-08 10:41:38 UTC to 10:42:00: ${told}. Who: automation, high confidence`,
    );
  });

  test('counts the ways back and the time per step', () => {
    const process = section(markdownOf(fullIncident()), 'How the process went');
    expect(process).toContain('Back from step 4 to step 2: Every hypothesis is eliminated.');
    expect(process).toContain('| 3. Develop hypotheses | 3 | 7 min |');
  });

  test('writes the day into a timeline that passes midnight', () => {
    const nextDay = play(
      [[commands.state, ana]],
      eventsUpTo('open'),
      STARTED_AT_MS + 24 * 60 * MINUTE_MS,
    );
    const timeline = section(markdownOf(nextDay), 'Timeline');
    expect(timeline).toContain('### 2026-03-08 (UTC)');
    expect(timeline).toContain('### 2026-03-09 (UTC)');
  });

  test('calls people by name, or by id where no name is known', () => {
    const markdown = renderMarkdown(documentOf(eventsUpTo('own'), { names: new Map() }));
    expect(markdown).toContain('- **Owner:** UANA');
    expect(markdownOf(eventsUpTo('own'))).toContain('**10:46:00** Ana: Owner is now Ana');
  });

  test.each(
    HOSTILE_TEXTS.filter((text) => text.trim().length > 4).map((text) => text.slice(0, 140)),
  )('has the same headings and tables whatever people write (%j)', (text) => {
    const outline = (markdown: string) =>
      markdown.split('\n').filter((line) => /^(?:## |\| |```|[-=]{3}|<)/.test(line));
    const withText = (words: string) =>
      markdownOf(
        play([
          [openCommand({ title: `x ${words}`, alarmNames: [words] }), ana],
          [{ ...commands.state, symptoms: `x ${words}`, affected: words }, ana],
          [{ ...commands.isolate, component: `x ${words}` }, ana],
          [{ ...commands.propose, statement: `x ${words}` }, ana],
          [{ type: 'escalate-incident', to: `x ${words}`, reason: `x ${words}` }, ana],
        ]),
      );
    const plain = outline(withText('harmless')).length;
    expect(outline(withText(text))).toHaveLength(plain);
  });
});
