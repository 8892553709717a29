import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEventId, aRawRecord } from '../support/raw-record.ts';
import { runCommand } from '../support/run-command.ts';

const NOW = '2026-03-10T12:00:00Z';

/** `redthread investigate` in a process of its own. */
const investigate = (...words: readonly string[]) => runCommand('investigate', ...words);

const ALARM = {
  AlarmName: 'worker-unhealthy',
  AlarmArn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:worker-unhealthy',
  StateValue: 'ALARM',
  StateReason: 'Threshold Crossed: 2 datapoints were greater than the threshold (0.0)',
  StateReasonData: JSON.stringify({
    startDate: '2026-03-10T10:01:00.000+0000',
    period: 60,
    threshold: 0,
    evaluatedDatapoints: [
      { timestamp: '2026-03-10T10:02:00.000+0000', value: 1 },
      { timestamp: '2026-03-10T10:01:00.000+0000', value: 1 },
    ],
  }),
  StateTransitionedTimestamp: '2026-03-10T10:03:30.000000+00:00',
  Namespace: 'AWS/EC2',
  MetricName: 'StatusCheckFailed',
  Dimensions: [{ Name: 'InstanceId', Value: 'i-0abc' }],
  Threshold: 0,
  ComparisonOperator: 'GreaterThanThreshold',
  Period: 60,
};

describe('redthread investigate', () => {
  let folder: string;
  let events: string;
  let alarms: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'investigate-'));
    events = join(folder, 'events.jsonl');
    alarms = join(folder, 'alarms.json');
    const innocent = aRawRecord({
      eventID: anEventId(2),
      eventTime: '2026-03-10T09:58:00Z',
      eventSource: 's3.amazonaws.com',
      eventName: 'PutBucketLifecycle',
      requestParameters: { bucketName: 'invoices' },
    });
    const lines = [aRawRecord(), innocent].map((record) => JSON.stringify(record));
    await writeFile(events, `${lines.join('\n')}\nnot a record\n`);
    await writeFile(alarms, JSON.stringify({ MetricAlarms: [ALARM], CompositeAlarms: [] }));
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('ranks what changed before it began, with reasons, actor and coverage', async () => {
    const { code, out } = await investigate(
      '--events',
      events,
      '--alarms',
      alarms,
      '--at',
      NOW,
      '--json',
    );
    const found = JSON.parse(out);

    expect(code).toBe(0);
    expect(found).toMatchObject({
      at: '2026-03-10T12:00:00.000Z',
      onset: '2026-03-10T10:01:00.000Z',
      alarms: ['worker-unhealthy'],
      coverage: { events: 2, skipped: 1, accounts: ['111122223333'], regions: ['eu-west-1'] },
    });
    expect(found.hypotheses[0]).toMatchObject({
      rank: 1,
      kind: 'change',
      confidence: 'likely',
      eventIds: [anEventId(1)],
      actor: { label: 'ana@example.com', kind: 'human' },
    });
    expect(found.hypotheses.map(({ kind }: { kind: string }) => kind)).toContain('no-change');
  });

  it('tells the same to people', async () => {
    const { out, errors } = await investigate('--events', events, '--alarms', alarms, '--at', NOW);

    expect(out).toContain(
      'It began at 2026-03-10 10:01:00 UTC, 1 h 59 min ago (to within 1 min).\n',
    );
    expect(out).toContain(
      '  10:01:00  worker-unhealthy, AWS/EC2 StatusCheckFailed (alarm at 10:03:30)\n',
    );
    expect(out).toMatch(/1\. LIKELY, \d+ %: ana@example\.com stopped i-0abc, 1 minute before/);
    expect(out).toContain('   10:00:00 UTC; a person, with the CLI, from 198.51.100.7');
    expect(out).toContain('Not used: 1 record that cannot be read\n');
    expect(out).toContain('Not seen: when alarms went off before: no history was given\n');
    expect(out).toContain('Nothing in what was covered explains it');
    expect(errors).toContain('skipped');
  });

  it.each([
    ['no alarms', () => ['--events', events], /say what to read/],
    [
      'a file that is not there',
      () => ['--events', events, '--alarms', `${alarms}.no`],
      /cannot be read/,
    ],
    ['a file of another kind', () => ['--events', events, '--alarms', events], /describe-alarms/],
    [
      'half an account',
      () => ['--events', events, '--alarms', alarms, '--account', '12'],
      /twelve digits/,
    ],
  ])('refuses %s with one clear sentence', async (_, words, sentence) => {
    const { code, out, errors } = await investigate(...words());

    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(errors).toMatch(sentence);
  });
});
