import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { anEventId, aRawRecord } from '../support/raw-record.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** One call as two accounts recorded it: only that of the caller says who it was. */
const RECORDS = [
  aRawRecord({
    eventID: anEventId(2),
    eventTime: '2026-03-10T10:30:00Z',
    sharedEventID: anEventId(9),
    userIdentity: {
      type: 'AWSAccount',
      principalId: 'AIDAEXAMPLEEXAMPLE01',
      accountId: '444455556666',
    },
  }),
  aRawRecord({
    eventID: anEventId(1),
    eventTime: '2026-03-10T10:30:00Z',
    sharedEventID: anEventId(9),
    recipientAccountId: '444455556666',
    userIdentity: {
      type: 'IAMUser',
      userName: 'noor',
      arn: 'arn:aws:iam::444455556666:user/noor',
      accountId: '444455556666',
    },
  }),
];

it('names the caller of another account from that account’s record of the same call', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'accounts-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'events.json'), JSON.stringify({ Records: RECORDS }));
  const at = ['--at', '2026-03-10T12:00:00Z'];
  const words = [
    'trail',
    '--events',
    folder,
    ...at,
    '--json',
    `id:${anEventId(2)} id:${anEventId(1)}`,
  ];

  const { stdout } = await promisify(execFile)(process.execPath, [MAIN, ...words]);

  const { answer, chain } = JSON.parse(stdout);
  expect(answer).toMatchObject({
    eventId: anEventId(2),
    actor: { label: 'noor', reason: expect.stringContaining('into the other account') },
  });
  expect(chain).toMatchObject([
    { eventId: anEventId(2) },
    { label: 'noor', eventId: anEventId(1) },
  ]);
});
