import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEventId, aRawRecord } from '../support/raw-record.ts';
import { anInsightRecord } from '../support/record-kinds.ts';
import { runCommand } from '../support/run-command.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const NOW = '2026-03-10T12:00:00Z';

/** `redthread trail` in a process of its own. */
const trail = (...words: readonly string[]) => runCommand('trail', ...words);

const asLines = (rows: readonly unknown[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** Ben took a role with his key, and stopped an instance with the role: two records apart. */
const BEN = {
  type: 'IAMUser',
  userName: 'ben',
  arn: 'arn:aws:iam::111122223333:user/ben',
  accountId: '111122223333',
  accessKeyId: 'AKIAEXAMPLEEXAMPLE22',
};
const RECORDS = [
  aRawRecord({
    eventID: anEventId(1),
    eventTime: '2026-03-10T07:30:00Z',
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    readOnly: true,
    userIdentity: BEN,
    requestParameters: {
      roleArn: 'arn:aws:iam::111122223333:role/operator',
      roleSessionName: 'ticket-17',
    },
    responseElements: { credentials: { accessKeyId: 'ASIAEXAMPLEEXAMPLE33' } },
  }),
  aRawRecord({
    eventID: anEventId(2),
    eventTime: '2026-03-10T10:30:00Z',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLE:ticket-17',
      arn: 'arn:aws:sts::111122223333:assumed-role/operator/ticket-17',
      accountId: '111122223333',
      accessKeyId: 'ASIAEXAMPLEEXAMPLE33',
    },
  }),
  aRawRecord({ eventID: anEventId(3), eventTime: '2026-03-10T10:00:00Z' }),
  aRawRecord({
    eventID: anEventId(4),
    eventTime: '2026-03-10T11:00:00Z',
    errorCode: 'Client.UnauthorizedOperation',
  }),
  aRawRecord({ eventID: anEventId(5), eventTime: '2026-03-10T12:30:00Z' }),
];

describe('`redthread trail`', () => {
  let folder: string;
  let events: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'redthread-trail-'));
    events = join(folder, 'events.jsonl.gz');
    await writeFile(events, gzipSync(asLines(RECORDS)));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function ask(question: string, ...more: readonly string[]) {
    const { code, out, errors } = await trail(
      ...['--events', events, '--at', NOW, '--json', question, ...more],
    );
    expect([code, errors]).toEqual([0, '']);
    return JSON.parse(out);
  }

  it('answers as JSON: who, what, where, with what, and from whose credentials', async () => {
    expect(await ask('who stopped i-0abc since 3h')).toMatchObject({
      query: {
        question: 'who stopped i-0abc since 3h',
        understood: 'stopped · resource i-0abc',
        from: '2026-03-10T09:00:00.000Z',
        to: '2026-03-10T12:00:00.000Z',
      },
      answer: {
        actor: { label: 'ben', kind: 'human', confidence: 'medium', via: 'cli' },
        action: 'StopInstances',
        eventId: anEventId(2),
        resources: ['i-0abc'],
        time: '2026-03-10T10:30:00.000Z',
        sourceIp: '198.51.100.7',
        region: 'eu-west-1',
        account: '111122223333',
        mfa: null,
      },
      chain: [
        { label: 'operator/ticket-17', eventId: anEventId(2) },
        { label: 'ben', eventId: anEventId(1) },
      ],
      events: [anEventId(4), anEventId(2), anEventId(3)],
      coverage: {
        from: '2026-03-10T09:00:00.000Z',
        to: '2026-03-10T12:00:00.000Z',
        regions: ['eu-west-1'],
        accounts: ['111122223333'],
        events: 5,
        skipped: 0,
      },
    });
  });

  it('answers with nothing, and says what that means, with exit status 0', async () => {
    expect(await ask('who terminated i-0abc')).toMatchObject({
      answer: null,
      chain: [],
      events: [],
      notFound: expect.stringContaining('No call that matches was found'),
      coverage: { gaps: expect.arrayContaining([expect.stringContaining('the files begin at')]) },
    });
  });

  it('judges people by who is behind a role, and lists only theirs', async () => {
    const people = await ask('who stopped i-0abc since 3h is:human');
    const automation = await ask('who stopped i-0abc since 3h is:automation');

    expect(people.answer).toMatchObject({ actor: { label: 'ben' }, eventId: anEventId(2) });
    expect(people.events).toContain(anEventId(2));
    expect(automation).toMatchObject({ answer: null, events: [], leftOut: null });
  });

  it('says how many calls could not be judged', async () => {
    // Whoever took the role is in no file here.
    const [, , ana] = RECORDS;
    const alone = join(folder, 'alone.jsonl');
    await writeFile(alone, asLines([RECORDS[1], ana]));
    const { out } = await trail(
      ...['--events', alone, '--at', NOW, 'who stopped i-0abc since 3h is:human'],
    );
    expect(out).toContain('1 call was left out: whether a person or automation is behind it');
    expect(out).toContain('Ask without is:human to see it.');
  });

  it('takes `in:files` for what it does anyway', async () => {
    const { answer } = await ask('who stopped i-0abc since 3h in:files');
    expect(answer.action).toBe('StopInstances');
  });

  it('reaches back further than Event history does', async () => {
    const reply = await ask('who stopped i-0abc since 2025-01-01');
    expect(reply.answer.eventId).toBe(anEventId(2));
  });

  it('takes a question of several words, and one that begins with a minus after --', async () => {
    const loose = await trail('--events', events, '--at', NOW, 'who', 'stopped', 'i-0abc');
    const negated = await trail('--events', events, '--at', NOW, '--', '-user:ben is:write');
    expect([loose.code, negated.code]).toEqual([0, 0]);
    expect(loose.out).toMatch(/^ben stopped i-0abc \(StopInstances\)\n/);
    expect(negated.out).toContain('not user ben');
  });

  it('answers in sentences for people, in UTC', async () => {
    const { code, out, errors } = await trail(
      ...['--events', events, '--at', NOW, 'who stopped i-0abc since 3h'],
    );
    expect([code, errors]).toEqual([0, '']);
    expect(out).toMatch(/^ben stopped i-0abc \(StopInstances\)\n/);
    expect(out).toContain('today 10:30:00 UTC, 1 h 30 min ago; from 198.51.100.7, with the CLI');
    expect(out).toContain('Credentials: operator/ticket-17 ← ben');
    expect(out).toMatch(/Also:\n {2}today 10:00:00 UTC.* ana@example\.com StopInstances on i-0abc/);
    expect(out).toMatch(/Failed attempts:\n.*Client\.UnauthorizedOperation/);
    expect(out).toContain('Covered: 2026-03-10 09:00:00 UTC to 2026-03-10 12:00:00 UTC');
  });

  it('explains one record asked for by its id, as old as the files are', async () => {
    const path = join(folder, 'insight.json');
    await writeFile(path, JSON.stringify({ Records: [anInsightRecord(), ...RECORDS] }));
    const later = ['--events', path, '--at', '2026-06-10T12:00:00Z'];
    const { code, out, errors } = await trail(...later, 'id:20000000-0000-4000-8000-EXAMPLE0000c');
    expect([code, errors]).toEqual([0, '']);
    expect(out).toMatch(/^CloudTrail Insights saw an unusual rate of calls begin: /);
    expect(out).toContain('\nCloudTrail puts it down to the role deploy ');
    const asJson = await trail(...later, '--json', `id:${anEventId(2)}`);
    const { explanation, answer } = JSON.parse(asJson.out);
    expect(explanation[0]).toBe('operator/ticket-17 stopped i-0abc.');
    expect(answer).toMatchObject({ actor: { label: 'ben' }, eventId: anEventId(2) });
    const { out: followed } = await trail(...later, `id:${anEventId(2)}`);
    expect(followed).toMatch(
      /^operator\/ticket-17 stopped i-0abc\.\n(?:.+\n)+Behind it: ben, a person/,
    );
  });

  it('escapes in JSON too what would steer the terminal', async () => {
    const path = join(folder, 'hostile.jsonl');
    await writeFile(path, asLines([aRawRecord({ sourceIPAddress: '\u009b2J \u202e' })]));
    const { out } = await trail('--events', path, '--at', NOW, '--json', 'who stopped i-0abc');
    expect(out).not.toMatch(/[^\P{C}\n]/u);
    expect(JSON.parse(out).answer.sourceIp).toBe('\u009b2J \u202e');
  });

  it('lets no text of a record steer the terminal', async () => {
    const path = join(folder, 'hostile.json');
    const sourceIPAddress = '\u001b]0;owned\u0007\u202e\n\rfake line';
    await writeFile(path, JSON.stringify({ Records: [aRawRecord({ sourceIPAddress })] }));
    const { code, out } = await trail('--events', path, '--at', NOW, 'who stopped i-0abc');
    expect(code).toBe(0);
    expect(out).toContain('fake line');
    expect(out).not.toMatch(/\nfake line|[^\P{Cc}\n]|\p{Cf}/u);
  });

  it('ends quietly when nobody reads on', async () => {
    const path = join(folder, 'many.jsonl');
    const many = Array.from({ length: 3_000 }, (_, index) =>
      aRawRecord({ eventID: anEventId(index) }),
    );
    await writeFile(path, asLines(many));
    const words = ['trail', '--events', path, '--at', NOW, '--json', 'who stopped i-0abc'];
    const child = spawn(process.execPath, [MAIN, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (bytes) => {
      errors += String(bytes);
    });
    child.stdout.destroy();
    await once(child, 'close');
    expect([child.exitCode, errors]).toEqual([0, '']);
  });

  it('tells the first bad lines by file and line, the rest as a number, and answers', async () => {
    const path = join(folder, 'bad.jsonl');
    await writeFile(path, `${'{"secret":"hunter2"}\n'.repeat(14)}${asLines(RECORDS)}`);
    const { code, out, errors } = await trail(
      ...['--events', path, '--at', NOW, '--json', 'who stopped i-0abc'],
    );
    expect(code).toBe(0);
    expect(JSON.parse(out).coverage).toMatchObject({ events: 5, skipped: 14 });
    const told = errors.trim().split('\n');
    expect(told).toHaveLength(11);
    expect(told[0]).toBe(`redthread: skipped ${path}:1: no CloudTrail record`);
    expect(told.at(-1)).toBe('redthread: and 4 more skipped');
    expect(errors).not.toContain('hunter2');
  });

  it.each([
    [[], /say what to read and what to ask/],
    [['who stopped i-0abc'], /say what to read and what to ask/],
    [['--events', 'x.json'], /say what to read and what to ask/],
    [['--events', 'gone.json', 'who stopped i-0abc'], /cannot read gone\.json: there is no such/],
    [['--events', 'x.json', '--at', '3h', 'x'], /--at takes a time like/],
    [['--events', 'x.json', '--at', '2026-13-01', 'x'], /--at takes a time like/],
    [['--events', 'x.json', '--colour', 'x'], /--colour/],
    [
      ['--events', 'x.json', 'who stoped i-0abc'],
      /did you mean `stopped`.*Perhaps: who stopped i-0abc/,
    ],
    [['--events', 'x.json', 'is:write since 25:00'], /since/],
    [['--events', 'x.json', 'is:write in:lake'], /only files are read here, not CloudTrail Lake/],
  ])('ends with 2 and one sentence for %j', async (words, sentence) => {
    const { code, out, errors } = await trail(...words);
    expect([code, out]).toEqual([2, '']);
    expect(errors).toMatch(sentence);
    expect(errors.trim().split('\n')).toHaveLength(1);
  });
});
