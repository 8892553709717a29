import { describe, expect, it } from 'vitest';
import type { TargetOutcome } from '../../../src/domain/coverage.ts';
import { briefOf } from '../../../src/domain/incident/brief.ts';
import type { Evidence } from '../../../src/domain/incident/evidence.ts';
import { EMPTY_PROFILE } from '../../../src/domain/knowledge/profile.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { toConservative } from '../../../src/slack/blocks/conservative.ts';
import { renderError, sentenceContent } from '../../../src/slack/blocks/error.ts';
import { renderEvidence } from '../../../src/slack/blocks/evidence-card.ts';
import { renderHelp } from '../../../src/slack/blocks/help.ts';
import { renderIncidentList } from '../../../src/slack/blocks/incident-list.ts';
import { renderEmptyMenu, renderMenu } from '../../../src/slack/blocks/menu.ts';
import type { MessageContent } from '../../../src/slack/blocks/message.ts';
import { renderSimilar } from '../../../src/slack/blocks/similar-card.ts';
import { renderStatus } from '../../../src/slack/blocks/status.ts';
import { aCoverage, aTrailRecord } from '../../support/full-incident.ts';
import { eventsUpTo, OPENED_AT_MS, stateOf } from '../../support/incident-builders.ts';
import { aSimilarIncident } from '../../support/ranking-builders.ts';
import { aSummary } from '../../support/summary-builders.ts';
import { refusals } from './refusals.ts';

const words = (content: MessageContent): string => JSON.stringify(toConservative(content).blocks);
const state = stateOf(eventsUpTo('startTest'));

function aTarget(region: string, outcome: TargetOutcome) {
  return {
    accountId: '111122223333',
    region,
    outcome,
    count: 0,
    truncated: false,
    explanation: null,
  };
}

function theChanges(changes: Partial<Evidence> = {}): Evidence {
  return {
    kind: 'changes',
    evidenceId: 'evidence-1',
    gatheringId: null,
    coverage: aCoverage({ targets: [aTarget('eu-west-1', 'nothing')], recordCount: 0 }),
    records: [],
    ...changes,
  } as Evidence;
}

describe('the card of similar incidents', () => {
  it('says of one that is open that it is, and does not miss what cannot be known yet', () => {
    const recalled = { ...aSimilarIncident(), rootCause: null, fix: null, dismissed: null };
    const card = (isOpen: boolean) =>
      words(renderSimilar({ ...state, similar: [{ ...recalled, isOpen }] }));

    expect(card(true)).toContain('Open now');
    expect(card(true)).not.toContain('not written down');
    expect(card(false)).toContain('not written down');
    expect(card(false)).not.toContain('Open now');
  });
});

describe('an evidence card', () => {
  it('says what "nothing found" rests on', () => {
    const card = words(renderEvidence(state, theChanges(), null));

    expect(card).toContain('No changes found');
    expect(card).toContain('account 111122223333: eu-west-1');
    expect(card).toContain('UTC');
  });

  it('does not say "nothing found" when nobody could be asked', () => {
    const coverage = aCoverage({ targets: [aTarget('eu-west-1', 'denied')], recordCount: 0 });
    const card = words(renderEvidence(state, theChanges({ coverage }), null));

    expect(card).not.toContain('No changes found');
    expect(card).toContain('Nothing could be checked');
    expect(card).toContain('eu-west-1 in 111122223333, access denied');
  });

  it('shows ten records and counts the others', () => {
    const records = Array.from({ length: 30 }, (_, index) =>
      aTrailRecord({ eventId: `event-${index}`, accessKeyId: `ASIA${index}` }),
    );
    const coverage = aCoverage({ targets: [aTarget('eu-west-1', 'found')], recordCount: 1_234 });
    const card = words(renderEvidence(state, theChanges({ records, coverage } as never), null));

    expect(card).toContain('and 1,224 more');
  });

  it('shows what people did before what AWS did by itself, and counts the rest', () => {
    const byPerson = aTrailRecord();
    const byService = {
      ...aTrailRecord(),
      principal: { ...byPerson.principal, kind: 'service' as const },
      eventName: 'RegisterTargets',
    };
    const heartbeat = {
      ...aTrailRecord(),
      eventSource: 'ssm.amazonaws.com',
      eventName: 'UpdateInstanceInformation',
    };
    const records = [heartbeat, byService, byPerson];
    const coverage = aCoverage({ targets: [aTarget('eu-west-1', 'found')], recordCount: 3 });
    const card = words(renderEvidence(state, theChanges({ records, coverage } as never), null));

    expect(card).not.toContain('UpdateInstanceInformation');
    expect(card).toContain('and 2 more, 1 by AWS itself, 1 routine among them');
  });

  it('folds what one session did at once into one line, and counts all of it', () => {
    const ways = ['Authorize', 'Revoke'] as const;
    const records = Array.from({ length: 8 }, (_, index) =>
      aTrailRecord({
        eventId: `event-${index}`,
        eventName: `${ways[index % 2]}SecurityGroupIngress`,
        atMs: OPENED_AT_MS - index * 1_000,
        resources: [{ type: null, name: untrusted(`sg-${index % 4}`) }],
      }),
    );
    const coverage = aCoverage({ targets: [aTarget('eu-west-1', 'found')], recordCount: 9 });
    const card = words(renderEvidence(state, theChanges({ records, coverage } as never), null));

    expect(card).toContain(
      '2026-03-08 10:44:53 UTC–10:45:00 UTC `clean-up-job` *changed 8 security group rules* in `sg-3`, `sg-2`, `sg-1` and 1 more · with an SDK',
    );
    expect(card).toContain('and 1 more"');
  });

  it('says the main Region once, and others where they are', () => {
    const records = [
      aTrailRecord({ eventId: 'a' }),
      aTrailRecord({ eventId: 'b', accessKeyId: 'ASIA2' }),
      aTrailRecord({ eventId: 'c', accessKeyId: 'ASIA3', region: 'us-east-1' }),
    ];
    const card = words(renderEvidence(state, theChanges({ records }), null));

    expect(card).toContain('newest first · eu-west-1');
    expect(card.match(/with an SDK · /g)).toHaveLength(1);
    expect(card).toContain('with an SDK · us-east-1');
  });

  it('says of an alarm since when, and on a line of its own what it measures', () => {
    const alarm = {
      name: untrusted('checkout-5xx'),
      kind: 'metric',
      accountId: '111122223333',
      region: 'eu-west-1',
      state: 'ALARM',
      stateReason: untrusted('Threshold Crossed'),
      transitionedAtMs: OPENED_AT_MS,
      namespace: 'AWS/ApplicationELB',
      metric: 'HTTPCode_ELB_5XX_Count',
      dimensions: [
        { name: 'LoadBalancer', value: untrusted('app/shop') },
        { name: 'TargetGroup', value: untrusted('checkout') },
      ],
      threshold: 10,
      comparison: 'GreaterThanThreshold',
      periodSeconds: 60,
      children: [],
      contributors: [],
    } as const;
    const transition = {
      alarmName: alarm.name,
      region: alarm.region,
      atMs: OPENED_AT_MS,
      from: 'OK',
      to: 'ALARM',
      reason: alarm.stateReason,
      evaluatedFromMs: OPENED_AT_MS - 180_000,
    } as const;
    const evidence = {
      ...theChanges(),
      kind: 'alarms',
      alarms: [alarm],
      transitions: [transition],
    };
    const card = words(renderEvidence(state, evidence as Evidence, null));

    expect(card).toContain(
      '`checkout-5xx` *in alarm* since 2026-03-08 10:45:00 UTC, first bad datapoint 2026-03-08 10:42:00 UTC\\nHTTPCode_ELB_5XX_Count more than 10 · LoadBalancer `app/shop` · TargetGroup `checkout`',
    );
  });

  it('rests on four lines of small print at most, with times that each reader sees in their own', () => {
    const coverage = aCoverage({ gaps: ['data events (objects, items)', 'kubectl', 'c', 'd'] });
    const { blocks } = renderEvidence(state, theChanges({ coverage }), null);
    const small = blocks.filter((block) => block.type === 'context');

    expect(small).toHaveLength(4);
    expect(JSON.stringify(small[0])).toMatch(/<!date\^\d+\^\{date_short_pretty\} \{time\}\|2026/);
    expect(JSON.stringify(small[1])).toContain('1 of 2 accounts searched');
    expect(JSON.stringify(small[3])).toContain(
      'Not visible here: data events; kubectl; c and 1 more',
    );
  });

  it('says that there is more when the reading was cut short', () => {
    const target = { ...aTarget('eu-west-1', 'found'), truncated: true };
    const card = words(
      renderEvidence(state, theChanges({ coverage: aCoverage({ targets: [target] }) }), null),
    );

    expect(card).toContain('cut short');
  });
});

describe('messages to one person', () => {
  const summary = aSummary({
    profile: { ...EMPTY_PROFILE, rootCause: 'A <!channel> rule was gone.', fix: 'Put back.' },
  });
  const listed = { summary, permalink: 'https://example.slack.com/archives/C1/p1' };

  it('are accepted by Slack', () => {
    const contents = [
      renderStatus(briefOf(state, []), OPENED_AT_MS),
      renderMenu({ state, permalink: listed.permalink }),
      renderEmptyMenu(),
      renderIncidentList({
        heading: 'Open here',
        incidents: Array.from({ length: 9 }, () => listed),
      }),
      renderIncidentList({ heading: 'Open here', incidents: [] }),
      renderHelp('I do not know “<!here>”.'),
      renderError({ sentence: 'Done by <@UANA> & <!here>.', next: 'Try again.', reference: 'e-1' }),
      sentenceContent('<!channel>'),
      sentenceContent(''),
    ];

    expect(contents.flatMap(refusals)).toEqual([]);
    expect(contents.map(toConservative).flatMap(refusals)).toEqual([]);
  });

  it('catch somebody up on what it is, where it stands and what is missing', () => {
    const status = words(renderStatus(briefOf(state, []), OPENED_AT_MS));

    expect(status).toContain('Checkout answers 503');
    expect(status).toContain('Step 4 of 7');
    expect(status).toContain('Before it can be closed:');
  });

  it('list five incidents and count the others', () => {
    const list = words(
      renderIncidentList({
        heading: 'Open here',
        incidents: Array.from({ length: 7 }, () => listed),
      }),
    );

    expect(list.match(/RT-7K3F9 *"?/g)?.length).toBeGreaterThanOrEqual(5);
    expect(list).toContain('and 2 more');
  });

  it('mention the person a sentence names', () => {
    expect(words(sentenceContent('Already confirmed by <@UBEN>.'))).toContain('<@UBEN>');
  });
});
