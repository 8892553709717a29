import { describe, expect, it } from 'vitest';
import { untrusted } from '../../src/domain/untrusted.ts';
import { aPrincipal, aRecord } from '../support/trail-record.ts';
import { IRELAND, minutesAgo, noise, search } from './look-up-support.ts';

const asked = ({ requests }: { requests: readonly { attribute: unknown }[] }) =>
  requests.map(({ attribute }) => attribute as { key: string; value: string } | null);

describe('looking up in Event history', () => {
  it('needs one call a Region where a complete lookup ends on its first page', async () => {
    const { answer, calls, findings } = await search('who stopped i-0abc', {
      records: [aRecord({ atMs: minutesAgo(60) })],
    });
    expect(answer.lead?.record.eventId).toBe(aRecord().eventId);
    expect(calls.map(({ attribute }) => attribute?.value)).toEqual([
      'StopInstances',
      'StopInstances',
    ]);
    expect(findings.matchedBy).toBe('event name');
  });

  it('lets the selective lookup say how far back the complete one has to be read', async () => {
    const old = aRecord({ eventId: 'old', atMs: minutesAgo(30), eventName: 'ModifyDBInstance' });
    const { answer, calls, findings } = await search('who changed i-0abc', {
      records: [...noise(1_000), old],
      targets: [IRELAND],
    });
    expect(answer.lead?.record.eventId).toBe('old');
    expect(findings.matchedBy).toBe('resource');
    expect(calls.map(({ attribute }) => attribute?.key)).toEqual([
      'ReadOnly',
      'ResourceName',
      'ReadOnly',
    ]);
    expect(findings.targets).toMatchObject([{ outcome: 'found', count: 1, truncated: false }]);
  });

  it('reads in other Regions no further back than the answer of one', async () => {
    const found = aRecord({ eventId: 'found', atMs: minutesAgo(30), region: 'us-east-1' });
    const { calls } = await search('who changed i-0abc', {
      records: [...noise(1_000), found],
    });
    const inIreland = calls.filter(({ target }) => target.region === 'eu-west-1');
    expect(inIreland.map(({ attribute }) => attribute?.key)).toEqual([
      'ReadOnly',
      'ResourceName',
      'ReadOnly',
    ]);
  });

  it('reads what a busy user did as far as the answer that another Region has', async () => {
    const byBot = { principal: aPrincipal({ sessionName: untrusted('bot') }), readOnly: true };
    const found = { ...byBot, eventName: 'DeleteRole', readOnly: false };
    const { answer } = await search('user:bot event:Delete*', {
      records: [
        ...noise(900, byBot),
        ...noise(60, { ...byBot, region: 'us-east-1' }),
        aRecord({ ...found, eventId: 'newer', atMs: minutesAgo(430) }),
        aRecord({ ...found, eventId: 'older', atMs: minutesAgo(440), region: 'us-east-1' }),
      ],
    });
    expect(answer.lead?.record.eventId).toBe('newer');
  });

  it('finds what is listed under no name, and prefers it where it is newer', async () => {
    const records = [
      ...noise(300),
      aRecord({ eventId: 'hidden', atMs: minutesAgo(61) }),
      aRecord({ eventId: 'listed', atMs: minutesAgo(90) }),
    ];
    const setting = { records, withoutIndexedResources: new Set(['hidden']), targets: [IRELAND] };
    const { answer, findings } = await search('who changed i-0abc', setting);
    expect(answer.lead?.record.eventId).toBe('hidden');
    expect(findings.matchedBy).toBe('all writes');
  });

  it('reads the whole second of the answer: which call is listed first in it says nothing', async () => {
    const atMs = minutesAgo(30);
    const records = [
      aRecord({ eventId: 'a-listed', atMs }),
      ...noise(100, { atMs }),
      aRecord({ eventId: 'z-hidden', atMs }),
    ];
    const setting = { records, withoutIndexedResources: new Set(['z-hidden']), targets: [IRELAND] };
    const { answer } = await search('who changed i-0abc', setting);
    expect(answer.lead?.record.eventId).toBe('z-hidden');
  });

  it('checks a far answer against the newest other calls only, says so, and goes on when asked', async () => {
    const records = [...noise(2_600), aRecord({ eventId: 'far', atMs: minutesAgo(1_250) })];
    const first = await search('who changed i-0abc', { records, targets: [IRELAND] });
    expect(first.answer.lead?.record.eventId).toBe('far');
    expect(first.calls).toHaveLength(6);
    expect(first.findings.targets).toMatchObject([
      {
        truncated: true,
        explanation:
          'CloudTrail may list a call under another name: for those, only the newest 250 calls were read.',
      },
    ]);
    const more = await search('who changed i-0abc', {
      records,
      targets: [IRELAND],
      matchesEnough: 350,
    });
    expect(more.findings.targets).toMatchObject([{ truncated: false, explanation: null }]);
  });

  it('stops when the newest matches are found, over all Regions together', async () => {
    const mine = (region: string) =>
      noise(1_000, { region, eventName: 'StopInstances', named: ['i-0abc'] });
    const { findings, calls } = await search('event:StopInstances', {
      records: [...mine('eu-west-1'), ...mine('us-east-1')],
    });
    expect(calls).toHaveLength(2);
    expect(findings.targets[0]).toMatchObject({
      truncated: true,
      explanation: 'Reading stopped when the newest matches were found.',
    });
  });

  it('goes on for more matches when more are wanted', async () => {
    const records = noise(1_000, { eventName: 'StopInstances', named: ['i-0abc'] });
    const { findings } = await search('event:StopInstances', { records, matchesEnough: 120 });
    expect(findings.records.length).toBeGreaterThanOrEqual(120);
  });

  it('does not read to the beginning for a few more matches once the answer is there', async () => {
    const rare = aRecord({ eventId: 'rare', sourceAddress: untrusted('203.0.113.9') });
    const { calls, answer, findings } = await search('203.0.113.9', {
      records: [...noise(2_600), { ...rare, atMs: minutesAgo(5) }],
      targets: [IRELAND],
    });
    expect(answer.lead?.record.eventId).toBe('rare');
    expect(calls.length).toBeLessThanOrEqual(11);
    expect(findings.targets[0]?.explanation).toBe(
      'Reading stopped soon after the answer was found: older calls may match too.',
    );
  });

  it('names the events instead where reading everything would take more calls', async () => {
    const deployed = aRecord({
      eventId: 'deployed',
      eventName: 'UpdateService',
      named: ['checkout'],
      atMs: minutesAgo(1_200),
    });
    const setting = { records: [...noise(2_800), deployed], targets: [IRELAND] };
    const hidden = { ...setting, withoutIndexedResources: new Set(['deployed']) };
    const { answer, calls, findings } = await search('who deployed checkout', hidden);
    expect(answer.lead?.record.eventId).toBe('deployed');
    expect(findings.matchedBy).toBe('event name');
    expect(calls.length).toBeLessThan(35);
    const early = { ...deployed, atMs: minutesAgo(20) };
    const quiet = await search('who deployed checkout', { ...hidden, records: [early] });
    expect(quiet.calls).toHaveLength(1);
  });

  it('asks for the role by its ARN once the account is known', async () => {
    const arn = 'arn:aws:iam::111122223333:role/admin';
    const assumed = { eventName: 'AssumeRole', readOnly: true };
    const records = [
      ...noise(400, { ...assumed, named: ['arn:aws:iam::111122223333:role/app'] }),
      aRecord({ ...assumed, eventId: 'admin', atMs: minutesAgo(180), named: [arn] }),
    ];
    const { answer, requests } = await search('who assumed admin', {
      records,
      targets: [IRELAND],
    });
    expect(answer.lead?.record.eventId).toBe('admin');
    expect(asked({ requests })).toContainEqual({ key: 'ResourceName', value: arn });
  });

  it('freezes start and end for all lookups of a question', async () => {
    const { requests } = await search('who changed i-0abc since 3h', { records: noise(300) });
    expect(new Set(requests.map(({ fromMs, toMs }) => `${fromMs} ${toMs}`)).size).toBe(1);
  });

  it('does not ask a Region again that did not answer, and reports it', async () => {
    const { requests, findings } = await search('who stopped i-0abc', {
      records: noise(100),
      troubles: { 'us-east-1': 'denied' },
    });
    expect(requests.filter(({ target }) => target.region === 'us-east-1')).toHaveLength(1);
    expect(findings.targets[1]).toMatchObject({
      outcome: 'denied',
      truncated: true,
      explanation: 'us-east-1 said no.',
    });
  });

  it('tells after every page how far it is', async () => {
    const { progress } = await search('StopInstances', { records: [aRecord()] });
    expect(progress).toEqual(['Looking in 2 Regions: 1 calls read, 1 match.']);
  });

  it('knows no answer without a match', async () => {
    const { findings, calls } = await search('who changed i-0abc', { records: noise(120) });
    expect(findings).toMatchObject({ records: [], matchedBy: null });
    expect(calls.filter(({ target }) => target.region === 'eu-west-1')).toHaveLength(4);
  });
});

describe('typical questions on a busy day', () => {
  const bot = aPrincipal({ label: untrusted('bot'), sessionName: untrusted('bot') });
  const day = [
    ...noise(2_800, { principal: bot }),
    aRecord({ eventId: 'stop', atMs: minutesAgo(400) }),
    aRecord({ eventId: 'topic', atMs: minutesAgo(700), eventName: 'DeleteTopic', named: ['x'] }),
    aRecord({ eventId: 'role', atMs: minutesAgo(90), eventName: 'DeleteRole', named: ['app'] }),
  ];
  const plainPages = Math.ceil(day.length / 50);

  it.each([
    ['who stopped i-0abc', 'stop', 1],
    ['who deleted x', 'topic', 12],
    ['event:DeleteRole', 'role', 1],
    ['user:ana@example.com', 'role', 5],
    ['id:00000000-0000-4000-8000-000000000001', undefined, 1],
  ])('`%s` takes a fraction of the calls', async (question, eventId, callsMax) => {
    const { answer, calls } = await search(question, { records: day, targets: [IRELAND] });
    expect(answer.lead?.record.eventId).toBe(eventId);
    expect(calls.length).toBeLessThanOrEqual(callsMax);
    expect(calls.length).toBeLessThan(plainPages / 4);
  });
});
