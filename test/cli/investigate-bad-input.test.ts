import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEventId, aRawRecord } from '../support/raw-record.ts';
import { runCommand } from '../support/run-command.ts';

const NOW = '2026-03-10T12:00:00Z';

const ALARM = {
  AlarmName: 'worker-unhealthy',
  AlarmArn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:worker-unhealthy',
  StateValue: 'ALARM',
  StateTransitionedTimestamp: '2026-03-10T10:03:00+00:00',
  Namespace: 'AWS/EC2',
  MetricName: 'StatusCheckFailed',
  Dimensions: [{ Name: 'InstanceId', Value: 'i-0abc' }],
  Threshold: 0,
  ComparisonOperator: 'GreaterThanThreshold',
  Period: 60,
};

const wentOff = (AlarmName: string, Timestamp: string) => ({
  AlarmName,
  Timestamp,
  HistoryItemType: 'StateUpdate',
  HistoryData: JSON.stringify({
    oldState: { stateValue: 'OK' },
    newState: { stateValue: 'ALARM' },
  }),
});

const stop = aRawRecord({ eventTime: '2026-03-10T10:01:00Z' });

interface Files {
  readonly events?: readonly unknown[];
  readonly alarms?: readonly unknown[];
  readonly history?: readonly unknown[];
}

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'investigate-bad-input-'));
});

afterAll(() => rm(folder, { recursive: true }));

/** The command over these files: what it says as JSON, and to people. */
async function investigate({ events = [stop], alarms = [ALARM], history }: Files) {
  const paths = { events: 'events.jsonl', alarms: 'alarms.json', history: 'history.json' };
  const texts = {
    events: events.map((record) => `${JSON.stringify(record)}\n`).join(''),
    alarms: JSON.stringify({ MetricAlarms: alarms }),
    history: JSON.stringify({ AlarmHistoryItems: history ?? [] }),
  };
  const words: string[] = ['--at', NOW];
  for (const [name, text] of Object.entries(texts)) {
    const path = join(folder, paths[name as keyof Files]);
    await writeFile(path, text);
    words.push(...(name === 'history' && history === undefined ? [] : [`--${name}`, path]));
  }
  const [json, text] = await Promise.all([
    runCommand('investigate', ...words, '--json'),
    runCommand('investigate', ...words),
  ]);
  expect([json.code, text.code]).toEqual([0, 0]);
  return { found: JSON.parse(json.out), text: text.out };
}

describe('redthread investigate, given little or bad input', () => {
  it('judges the onset by the time of the alarm where there is no history and no data', async () => {
    const { found, text } = await investigate({});

    expect(found.onset).toBe('2026-03-10T10:02:00.000Z');
    expect(found.hypotheses[0].eventIds).toEqual([stop.eventID]);
    expect(found.coverage.gaps).toContain('when alarms went off before: no history was given');
    expect(text).toContain('judged by the time of the alarm');
    expect(text).toContain('Not seen: the datapoints of worker-unhealthy');
  });

  it('says of which alarms the history knows nothing', async () => {
    const { found } = await investigate({ history: [] });

    expect(found.coverage.gaps).toContain(
      'when worker-unhealthy went off before: the history has nothing of it',
    );
  });

  it('takes the history of an alarm that is gone, and says what it does not know of it', async () => {
    const history = [wentOff('deleted-alarm', '2026-03-10T10:03:00+00:00')];
    const { found, text } = await investigate({ alarms: [], history });

    expect(found).toMatchObject({ onset: '2026-03-10T10:02:00.000Z', alarms: ['deleted-alarm'] });
    expect(found.coverage.gaps).toEqual(
      expect.arrayContaining([
        'the alarms: the file holds none',
        'what deleted-alarm watches: only the history names it',
      ]),
    );
    expect(text).toContain('deleted-alarm (alarm at 10:03:00)');
  });

  it('has no trouble to explain without any alarm', async () => {
    const { found, text } = await investigate({ alarms: [] });

    expect(found).toMatchObject({ onset: null, alarms: [] });
    expect(found.hypotheses).toMatchObject([{ kind: 'no-change' }]);
    expect(text).toContain('no alarm went off, so there is no trouble to explain');
  });

  it('accuses nobody where there are no events', async () => {
    const { found, text } = await investigate({ events: [] });

    expect(found.hypotheses).toMatchObject([{ kind: 'no-change' }]);
    expect(found.coverage).toMatchObject({ events: 0, skipped: 0 });
    expect(text).toContain('Not seen: the files hold no records at all');
  });

  it('accuses nobody where every event failed, and says so', async () => {
    const failed = aRawRecord({ eventTime: '2026-03-10T10:01:00Z', errorCode: 'AccessDenied' });
    const { found, text } = await investigate({ events: [failed] });

    expect(found.hypotheses.filter(({ kind }: { kind: string }) => kind === 'change')).toEqual([]);
    expect(found.coverage.gaps).toContain(
      'any of 1 call as a change: 1 failed, the rest only read',
    );
    expect(text).toContain('Not used: any of 1 call as a change');
  });

  it('leaves out what is from after the time asked about, and counts it', async () => {
    const later = aRawRecord({ eventTime: '2026-03-10T12:30:00Z', eventID: anEventId(2) });
    const ahead = {
      ...ALARM,
      AlarmName: 'ahead',
      StateTransitionedTimestamp: '2026-03-10T13:00:00Z',
    };
    const history = [
      wentOff('worker-unhealthy', '2026-03-10T10:03:00+00:00'),
      wentOff('worker-unhealthy', '2026-03-10T12:45:00+00:00'),
    ];
    const { found, text } = await investigate({
      events: [stop, later],
      alarms: [ALARM, ahead],
      history,
    });

    expect(found).toMatchObject({
      onset: '2026-03-10T10:02:00.000Z',
      alarms: ['worker-unhealthy'],
      coverage: { events: 2, to: '2026-03-10T12:00:00.000Z' },
    });
    expect(found.hypotheses.flatMap(({ eventIds }: { eventIds: string[] }) => eventIds)).toEqual([
      stop.eventID,
    ]);
    for (const words of ['1 call made', '1 alarm change made', 'the state of ahead, set']) {
      expect(text).toContain(`Not used: ${words}`);
    }
    expect(found.coverage.gaps).toContain('1 call made after 2026-03-10 12:00:00 UTC');
  });

  it('counts an event that comes twice once', async () => {
    const { found, text } = await investigate({ events: [stop, stop] });

    expect(found.hypotheses[0].eventIds).toEqual([stop.eventID]);
    expect(text).toContain('Not used: 1 record that came more than once (each counts once)');
  });

  it('passes over records, alarms and changes of alarms that cannot be read', async () => {
    const { found, text } = await investigate({
      events: [stop, { eventID: 'x' }, 'text', { ...stop, eventSource: 7, eventID: anEventId(3) }],
      alarms: [ALARM, { AlarmName: 7 }],
      history: [wentOff('worker-unhealthy', 'yesterday')],
    });

    expect(found.coverage.skipped).toBe(3);
    expect(found.hypotheses[0].eventIds).toEqual([stop.eventID]);
    expect(text).toContain('Not used: 3 records that cannot be read');
    expect(text).toContain('Not used: 2 alarm items that cannot be read');
  });
});
