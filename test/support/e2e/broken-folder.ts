import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(
  new URL('../../../src/simulator/incidents/checkout-5xx', import.meta.url),
);
/** Of the stop that caused the incident: its copies below happen at the same moment. */
const GUILTY = '61a5e29f-1180-46e1-b308-729fd62ac61c';

type Record = Readonly<{ [field: string]: unknown }>;

/** What cannot be read as a management event, each in its own way. */
const DAMAGES: readonly ((record: Record) => Record)[] = [
  (record) => ({ ...record, eventName: undefined }),
  (record) => ({ ...record, eventName: 'Stop Instances\u0000<!channel>' }),
  (record) => ({ ...record, eventSource: '' }),
  (record) => ({ ...record, eventID: 'no id at all' }),
  (record) => ({ ...record, requestParameters: '. '.repeat(150_000) }),
];

/** Lenient reading: what is missing or strange here must not cost the record. */
const ODDITIES: readonly ((record: Record) => Record)[] = [
  (record) => ({
    ...record,
    userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::1:assumed-role/x/<!channel>*b*' },
  }),
  (record) => ({ ...record, userAgent: null, requestParameters: null, resources: null }),
];

export const UNREADABLE_COUNT = DAMAGES.length;

/** The demo incident with damaged copies of its cause among the records. The caller removes it. */
export async function makeBrokenFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'redthread-broken-'));
  await cp(FOLDER, folder, { recursive: true });
  const path = join(folder, 'events.jsonl');
  const lines = (await readFile(path, 'utf8')).trim().split('\n');
  const guilty = JSON.parse(lines.find((line) => line.includes(`"${GUILTY}"`)) ?? '') as Record;
  const copies = [...DAMAGES, ...ODDITIES].map((change, index) =>
    JSON.stringify(change({ ...guilty, eventID: `broken-${index}` })),
  );
  await writeFile(path, `${[...lines, ...copies].join('\n')}\n`);
  return folder;
}
