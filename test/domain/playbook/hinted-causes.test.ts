import { describe, expect, it } from 'vitest';
import type { Hypothesis } from '../../../src/domain/incident/state.ts';
import { fittingLinks } from '../../../src/domain/playbook/fitting-links.ts';
import { hintedCauses, hintedFirst } from '../../../src/domain/playbook/hinted-causes.ts';
import type { PlaybookLink } from '../../../src/domain/playbook/playbook.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { aCoverage } from '../../support/full-incident.ts';
import { bot, eventsUpTo, play, stateOf } from '../../support/incident-builders.ts';
import { aPlaybook } from '../../support/playbook-builders.ts';
import { aRankedCause, aRanking } from '../../support/ranking-builders.ts';
import { anIncidentState } from '../../support/store-builders.ts';
import { anAlarm } from '../investigation/builders.ts';

const playbook = aPlaybook();
const [aHypothesis] = stateOf(eventsUpTo('propose')).hypotheses as [Hypothesis];
const alarms = (...names: readonly string[]) => ({
  evidenceId: 'e',
  gatheringId: 'g1',
  coverage: aCoverage(),
  kind: 'alarms' as const,
  alarms: names.map((name) => anAlarm(name)),
  transitions: [],
});

describe('the causes that something hints at', () => {
  it('are none at first', () => {
    expect(hintedCauses(anIncidentState(), playbook)).toEqual(new Set());
  });

  it('are those with a change of their class among the ranked, or an alarm of their kind', () => {
    const ranking = aRanking({ causes: [aRankedCause()] });
    expect(hintedCauses(anIncidentState({ ranking }), playbook)).toEqual(new Set(['network']));
    const evidence = [alarms('checkout-5xx')];
    expect(hintedCauses(anIncidentState({ evidence }), playbook)).toEqual(new Set(['deploy']));
    expect(hintedCauses(anIncidentState({ ranking, evidence }), playbook).size).toBe(2);
  });

  it('are the confirmed ones only, once there are such', () => {
    const ranking = aRanking({ causes: [aRankedCause()] });
    const events = play(
      [
        [{ type: 'rank-causes', ranking }, bot],
        [
          {
            type: 'conclude-test',
            hypothesisId: 'cause-e1',
            verdict: 'confirmed',
            finding: 'The rule is missing.',
          },
          bot,
        ],
      ],
      eventsUpTo('open'),
    );
    const state = { ...stateOf(events), evidence: [alarms('checkout-5xx')] };
    expect(hintedCauses(state, playbook)).toEqual(new Set(['network']));
  });

  it('are those of a confirmed cause of any kind, and none where the playbook has not thought of it', () => {
    const confirmed = (changes: Partial<Hypothesis>) => {
      const known = { ...aHypothesis, status: 'confirmed' as const, ...changes };
      const state = anIncidentState({ hypotheses: [known], evidence: [alarms('checkout-5xx')] });
      return hintedCauses(state, playbook);
    };
    const cause = {
      kind: 'observation',
      observation: 'failing-calls',
      eventIds: [],
      eventCount: 1,
      atMs: 1,
    } as const;
    expect(confirmed({ cause })).toEqual(new Set(['deploy']));
    expect(confirmed({ statement: 'A rule is missing.' })).toEqual(new Set(['network']));
    expect(confirmed({ statement: 'The disk is full.' })).toEqual(new Set());
  });

  it('are without what people ruled out', () => {
    const ranking = aRanking({ causes: [aRankedCause(), aRankedCause({ eventId: 'e2' })] });
    const ruledOut = (hypothesisId: string) => ({
      ...aHypothesis,
      hypothesisId,
      cause: aRankedCause().cause,
      status: 'eliminated' as const,
    });
    const state = anIncidentState({ ranking, hypotheses: [ruledOut('cause-e1')] });
    expect(hintedCauses(state, playbook)).toEqual(new Set(['network']));
    const hypotheses = [...state.hypotheses, ruledOut('cause-e2')];
    expect(hintedCauses({ ...state, hypotheses }, playbook)).toEqual(new Set());
    const said = { ...aHypothesis, statement: 'A deployment broke it.' };
    const refuted = anIncidentState({
      evidence: [alarms('checkout-5xx')],
      hypotheses: [{ ...said, status: 'eliminated' }],
    });
    expect(hintedCauses(refuted, playbook)).toEqual(new Set());
  });

  it('put their tests and solutions first and keep the order otherwise', () => {
    const texts = hintedFirst(playbook.solutions, new Set(['network'])).map(({ text }) => text);
    expect(texts).toEqual(['Put the rule back.', 'Roll back.']);
    expect(hintedFirst(playbook.solutions, new Set())).toEqual(playbook.solutions);
  });
});

describe('runbooks and dashboards', () => {
  const link = (title: string, changes: Partial<PlaybookLink> = {}): PlaybookLink => ({
    title,
    url: 'https://wiki.example/',
    alarms: [],
    resources: [],
    tags: [],
    ...changes,
  });
  const links = [
    link('for all'),
    link('checkout', { alarms: ['checkout-*'] }),
    link('orders', { alarms: ['orders-*'] }),
    link('balancer', { resources: ['app/edge/*'] }),
    link('instance', { resources: ['i-0abc'] }),
  ];
  const titles = (changes: Parameters<typeof anIncidentState>[0]) =>
    fittingLinks(anIncidentState(changes), aPlaybook({ links })).map(({ title }) => title);

  it('are those for the alarms and resources of the incident, then those for all', () => {
    expect(titles({})).toEqual(['for all']);
    expect(titles({ evidence: [alarms('checkout-5xx')] })).toEqual([
      'checkout',
      'balancer',
      'for all',
    ]);
    expect(titles({ resources: ['i-0abc'], alarmNames: ['orders-lag'] })).toEqual([
      'orders',
      'instance',
      'for all',
    ]);
  });

  it('are those for alarms with all of their tags', () => {
    const tagged = alarms('checkout-5xx');
    const tags = [
      { key: untrusted('service'), value: untrusted('checkout-api') },
      { key: untrusted('stage'), value: untrusted('prod') },
    ];
    const evidence = [{ ...tagged, alarms: tagged.alarms.map((alarm) => ({ ...alarm, tags })) }];
    const byTag = (title: string, pairs: Readonly<Record<string, string>>) =>
      link(title, { tags: Object.entries(pairs).map(([key, value]) => ({ key, value })) });
    const playbookOfTags = aPlaybook({
      links: [
        byTag('both', { service: 'checkout-*', stage: 'prod' }),
        byTag('other stage', { service: 'checkout-*', stage: 'test' }),
        byTag('other key', { Service: 'checkout-api' }),
      ],
    });
    const found = fittingLinks(anIncidentState({ evidence }), playbookOfTags);

    expect(found.map(({ title }) => title)).toEqual(['both']);
    expect(fittingLinks(anIncidentState(), playbookOfTags)).toEqual([]);
  });

  it('are few, and an alarm that is OK again counts for nothing', () => {
    const many = Array.from({ length: 9 }, (_, index) => link(`link ${index}`));
    expect(fittingLinks(anIncidentState(), aPlaybook({ links: many }))).toHaveLength(5);
    const quiet = alarms();
    const ok = anAlarm('checkout-5xx', { state: 'OK', name: untrusted('checkout-5xx') });
    expect(titles({ evidence: [{ ...quiet, alarms: [ok] }] })).toEqual(['for all']);
  });
});
