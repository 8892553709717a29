import { describe, expect, test } from 'vitest';
import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import { buildDocument } from '../../../src/domain/incident/document.ts';
import type { Actor } from '../../../src/domain/incident/events.ts';
import { renderMarkdown } from '../../../src/domain/incident/render-markdown.ts';
import { FULL_NAMES } from '../../support/full-incident.ts';
import { ana, bot, commands, eventsUpTo, play, stateOf } from '../../support/incident-builders.ts';
import { anAssessment, aRankedCause, aRanking } from '../../support/ranking-builders.ts';

const RANKING = aRanking({
  causes: [aRankedCause({ statement: 'A job closed port 443.' })],
  nothing: anAssessment(0.2, { for: ['many are no change at all'], against: [] }),
});

function sectionOf(
  title: string,
  ...steps: readonly (readonly [IncidentCommand, Actor])[]
): string {
  const events = play(
    [[{ type: 'rank-causes', ranking: RANKING }, bot], ...steps],
    eventsUpTo('isolate'),
  );
  const state = stateOf(events);
  const about = { state, events, names: FULL_NAMES, permalinks: new Map(), generatedAtMs: 0 };
  const [, after = ''] = renderMarkdown(buildDocument(about)).split(`\n## ${title}\n`);
  return after.split('\n## ')[0]?.trim() ?? '';
}

const CONFIRM = { ...commands.confirm, hypothesisId: 'cause-e1' } as const;

describe('the hypotheses in the document', () => {
  test('tell what the bot made of each, with all points and the events', () => {
    expect(sectionOf('Hypotheses')).toContain(
      [
        '### Hypothesis 1 (proposed): A job closed port 443.',
        'Proposed 2026-03-08 10:49:00 UTC by Redthread, from what AWS recorded.',
        'Redthread last ranked it as **likely** (72 % among all explanations that it considered).',
        '**For it:**',
        '- 3 minutes before the trouble began\n- it names sg-0abc, which the alarm hangs on',
        '**Against it:**',
        '- such changes are made here every day',
        'Recorded by AWS 2026-01-15 08:47:00 UTC; events: e1.',
        '_Not recorded: it was not tested._',
      ].join('\n\n'),
    );
  });

  test('end with hypothesis 0, what was covered and what was not', () => {
    expect(sectionOf('Hypotheses')).toContain(
      [
        '### Hypothesis 0: no AWS change in coverage explains this',
        'Redthread last ranked it as **possible** (20 % among all explanations that it considered).',
        '**For it:**',
        '- many are no change at all',
        '**Against it:** nothing on record.',
        'All likelihoods rest on 212 records and 3 alarms, 2026-01-15 06:00:00 UTC to 2026-01-15 09:00:00 UTC.',
        '**Not covered:**',
        '- changes inside a cluster (kubectl), an instance or an application',
        'It began 2026-01-15 08:50:00 UTC to 2026-01-15 08:51:00 UTC, as told by checkout-5xx.',
      ].join('\n\n'),
    );
  });

  test('keep the rating of a person beside the assessment of the bot', () => {
    const rate = { type: 'rate-hypothesis', likelihood: 'low', impact: 'high' } as const;

    expect(sectionOf('Hypotheses', [{ ...rate, hypothesisId: 'cause-e1' }, ana])).toContain(
      'by Redthread. Likelihood low, impact high. Evidence: none attached.\n\nRedthread last ranked it as **likely**',
    );
  });

  test('say of a verdict that it was judged without a test, and so does the root cause', () => {
    expect(sectionOf('Hypotheses', [CONFIRM, ana])).toContain(
      '**Judged without a test**, on what was on record.\n\nVerdict **confirmed**, recorded 2026-03-08 10:50:00 UTC by Ana:\n\n> The rule for 443 was removed at 10:41.',
    );
    expect(sectionOf('Root cause', [CONFIRM, ana])).toContain(
      'Confirmed on what was on record, without a test: hypothesis 1.',
    );
  });
});
