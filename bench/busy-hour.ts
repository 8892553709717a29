import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ACCOUNT = '111122223333';
const AT = Date.UTC(2026, 0, 15, 12, 0, 0);
const HOUR_MS = 60 * 60_000;
const REGIONS = ['eu-west-1', 'us-east-1'];

/** An incident folder with so many successful writes in its last hour, spread over two Regions. */
export async function busyHour(writeCount: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'redthread-busy-hour-'));
  const records = Array.from({ length: writeCount }, (_, index) => {
    const atMs = AT - 60_000 - Math.floor((index / writeCount) * (HOUR_MS - 120_000));
    return writeRecord(index, atMs);
  });
  const files = {
    'incident.json': JSON.stringify({
      title: 'A busy hour',
      at: new Date(AT).toISOString(),
      account: ACCOUNT,
      region: REGIONS[0],
    }),
    'events.jsonl': records.map((record) => `${JSON.stringify(record)}\n`).join(''),
    'alarms.json': JSON.stringify({ MetricAlarms: [], CompositeAlarms: [] }),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

function writeRecord(index: number, atMs: number): object {
  const instanceId = `i-0${index.toString(16).padStart(16, '0')}`;
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'IAMUser',
      userName: `person-${index % 7}`,
      arn: `arn:aws:iam::${ACCOUNT}:user/person-${index % 7}`,
      accountId: ACCOUNT,
      accessKeyId: 'AKIAEXAMPLEEXAMPLE00',
    },
    eventTime: new Date(atMs).toISOString().replace(/\.\d{3}Z/, 'Z'),
    eventSource: 'ec2.amazonaws.com',
    eventName: 'RebootInstances',
    awsRegion: REGIONS[index % REGIONS.length],
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.31.0',
    requestParameters: { instancesSet: { items: [{ instanceId }] } },
    responseElements: { _return: true },
    eventID: `00000000-0000-4000-8000-${index.toString().padStart(12, '0')}`,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
  };
}
