import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FILE_LIMITS } from '../../../src/aws/files/limits.ts';
import { type FileProblem, readFiles } from '../../../src/aws/files/read-files.ts';
import { anEventId, aRawRecord } from '../../support/raw-record.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redthread-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

async function read(path = folder, changes: Partial<Parameters<typeof readFiles>[0]> = {}) {
  const problems: FileProblem[] = [];
  const reading = await readFiles({
    path,
    fromMs: 0,
    toMs: Date.UTC(2100, 0),
    onProblem: (problem) => problems.push(problem),
    ...changes,
  });
  return { ...reading, problems, ids: reading.records.map(({ eventId }) => eventId) };
}

const record = (number: number, changes: Readonly<Record<string, unknown>> = {}) =>
  aRawRecord({ eventID: anEventId(number), ...changes });
const TWO = [record(1), record(2)];
const TWO_IDS = [anEventId(1), anEventId(2)];
const asLines = (rows: readonly unknown[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const asEnvelopes = (rows: readonly unknown[]) => ({
  Events: rows.map((row) => ({
    EventTime: '2026-03-10T10:00:00+00:00',
    ReadOnly: 'false',
    Resources: [{ ResourceType: 'AWS::EC2::Instance', ResourceName: 'i-0abc' }],
    CloudTrailEvent: JSON.stringify(row),
  })),
});

describe('reading exported files', () => {
  it.each<[string, string, string | Buffer]>([
    ['a trail’s object', 'a.json', JSON.stringify({ Records: TWO })],
    ['a packed one', 'a.json.gz', gzipSync(JSON.stringify({ Records: TWO }))],
    ['one record a line', 'a.jsonl', asLines(TWO)],
    ['packed lines', 'a.jsonl.gz', gzipSync(asLines(TWO))],
    ['LookupEvents output', 'a.json', JSON.stringify(asEnvelopes(TWO), null, 4)],
    ['LookupEvents output a line', 'a.jsonl', asLines([asEnvelopes(TWO)])],
    ['a list', 'a.json', JSON.stringify(TWO, null, 2)],
    ['lines under the name of a document', 'a.json', asLines(TWO)],
    ['a text that begins with a byte order mark', 'a.json', `\uFEFF${JSON.stringify(TWO)}`],
    ['packed text whose name does not say so', 'a.json', gzipSync(JSON.stringify(TWO))],
    ['plain text whose name says it is packed', 'a.json.gz', JSON.stringify(TWO)],
    [
      'several packed parts in one file',
      'a.jsonl.gz',
      Buffer.concat(TWO.map((row) => gzipSync(asLines([row])))),
    ],
  ])('takes %s', async (_, name, content) => {
    const { ids, problems, readCount } = await read(await write(name, content));
    expect(ids).toEqual(TWO_IDS);
    expect(problems).toEqual([]);
    expect(readCount).toBe(2);
  });

  it('takes a single record, and a file that is named whatever its name is', async () => {
    const { ids } = await read(await write('export.txt', JSON.stringify(record(7), null, 2)));
    expect(ids).toEqual([anEventId(7)]);
  });

  it('searches a folder with all its folders, and takes only record files', async () => {
    await write(
      'AWSLogs/1/CloudTrail/eu-west-1/2026/03/10/a.json.gz',
      gzipSync(asLines([record(1)])),
    );
    await write('AWSLogs/1/CloudTrail/us-east-1/2026/03/10/b.jsonl', asLines([record(2)]));
    await write('AWSLogs/1/CloudTrail-Digest/eu-west-1/2026/03/10/c.json.gz', gzipSync('{}'));
    await write('notes.txt', 'nothing of ours');
    await symlink(join(folder, 'AWSLogs'), join(folder, 'around.json'));
    const { ids, problems, fileCount } = await read();
    expect(ids).toEqual(TWO_IDS);
    expect(problems).toEqual([]);
    expect(fileCount).toBe(2);
  });

  it('reduces records as those of Event history are: no raw parameter is kept', async () => {
    const secret = { userData: 'c2VjcmV0', masterUserPassword: 'hunter2hunter2' };
    const path = await write('a.jsonl', asLines([record(1, { requestParameters: secret })]));
    const { records } = await read(path);
    expect(records).toHaveLength(1);
    expect(JSON.stringify(records)).not.toMatch(/c2VjcmV0|hunter2/);
  });

  it('keeps what is inside of the asked time and wanted, and counts the rest', async () => {
    const rows = ['09:59:59', '10:00:00', '10:30:00', '11:00:00', '11:00:01'].map((time, index) =>
      record(index, { eventTime: `2026-03-10T${time}Z` }),
    );
    const reading = await read(await write('a.jsonl', asLines(rows)), {
      fromMs: Date.parse('2026-03-10T10:00:00Z'),
      toMs: Date.parse('2026-03-10T11:00:00Z'),
      isWanted: ({ eventId }) => eventId !== anEventId(2),
    });
    expect(reading.ids).toEqual([anEventId(1), anEventId(3)]);
    expect(reading.readCount).toBe(5);
    expect(reading.earliestMs).toBe(Date.parse('2026-03-10T09:59:59Z'));
    expect(reading.latestMs).toBe(Date.parse('2026-03-10T11:00:01Z'));
  });

  it('says where records come from and whether data events are among them', async () => {
    const there = { awsRegion: 'us-east-1', recipientAccountId: '444455556666' };
    const rows = [record(1), record(2), record(3, { ...there, eventCategory: 'Data' })];
    const { places, hasDataEvents, ids } = await read(await write('a.jsonl', asLines(rows)));
    expect(places).toEqual([
      { accountId: '111122223333', region: 'eu-west-1' },
      { accountId: '444455556666', region: 'us-east-1' },
    ]);
    expect(hasDataEvents).toBe(true);
    expect(ids).toHaveLength(3);
  });

  it('skips what is no record, tells where, and reads on', async () => {
    const text = `${asLines([record(1)])}{"broken":\n\n{"eventID":"x"}\n${asLines([record(2)])}17\n`;
    const path = await write('a.jsonl', text);
    const { ids, problems, skippedCount } = await read(path);
    expect(ids).toEqual(TWO_IDS);
    expect(problems).toEqual([
      { file: path, line: 2, reason: 'no CloudTrail record' },
      { file: path, line: 4, reason: 'no CloudTrail record' },
      { file: path, line: 6, reason: 'no CloudTrail record' },
    ]);
    expect(skippedCount).toBe(3);
  });

  it('finds nothing and nothing wrong in an empty file', async () => {
    const { ids, problems, earliestMs } = await read(await write('a.json', ''));
    expect([ids, problems, earliestMs]).toEqual([[], [], null]);
  });

  it.each<[string, string, string | Buffer, RegExp]>([
    [
      'ends too early',
      'a.json.gz',
      gzipSync(asLines(TWO)).subarray(0, 60),
      /compressed data ends too early/,
    ],
    [
      'is damaged',
      'a.json.gz',
      Buffer.from('1f8b0800ffffffffffffffffffff', 'hex'),
      /compressed data is damaged/,
    ],
  ])('refuses packed data that %s', async (_, name, content, sentence) => {
    const path = await write(name, content);
    await expect(read(path)).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringMatching(sentence),
    });
  });

  it('refuses a path that is not there, and a folder without record files', async () => {
    await expect(read(join(folder, 'gone'))).rejects.toThrow(
      /gone: there is no such file or folder/,
    );
    await expect(read()).rejects.toThrow(/holds no \.json/);
  });

  it('refuses folders that are nested without end', async () => {
    await write(`${'d/'.repeat(FILE_LIMITS.foldersDeepMax)}a.json`, '[]');
    await expect(read()).rejects.toThrow(/folders nested more than/);
  });

  it('answers for any broken file with records, with what was skipped, or with a sentence', async () => {
    const sound = asLines(TWO);
    const damage = fc.record({
      at: fc.nat({ max: sound.length }),
      length: fc.nat({ max: 200 }),
      with: fc.oneof(fc.string(), fc.constantFrom('"', '{', '}', '\n', '\\', '[', '\u0000')),
    });
    const form = fc.constantFrom('a.json', 'a.jsonl', 'packed.json', 'packed.jsonl');
    const property = fc.asyncProperty(
      fc.array(damage, { maxLength: 4 }),
      form,
      async (wounds, name) => {
        const text = wounds.reduce(
          (whole, wound) =>
            whole.slice(0, wound.at) + wound.with + whole.slice(wound.at + wound.length),
          sound,
        );
        const content = name.startsWith('packed') ? gzipSync(text) : text;
        const { readCount, skippedCount, problems } = await read(await write(name, content));
        expect(readCount).toBeLessThanOrEqual(4);
        expect(problems).toHaveLength(skippedCount);
      },
    );
    await fc.assert(property, { numRuns: 200 });
  });

  it('ends with a sentence, never otherwise, for packed data with any byte changed', async () => {
    const sound = gzipSync(asLines(TWO));
    const property = fc.asyncProperty(
      fc.nat({ max: sound.length - 1 }),
      fc.nat({ max: 255 }),
      async (at, byte) => {
        const content = Buffer.from(sound);
        content[at] = byte;
        const outcome = await read(await write('a.jsonl.gz', content)).then(
          ({ readCount, skippedCount }) => (readCount + skippedCount >= 0 ? 'read' : 'impossible'),
          (error) => error.code,
        );
        expect(['read', 'input-invalid']).toContain(outcome);
      },
    );
    await fc.assert(property, { numRuns: 200 });
  });
});
