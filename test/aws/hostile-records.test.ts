import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRecord } from '../../src/aws/cloudtrail/schema.ts';
import { reduceRecord } from '../../src/domain/trail/reduce-record.ts';
import { hostileText } from '../slack/blocks/hostile.ts';
import { refusals } from '../slack/blocks/refusals.ts';
import { aRawRecord } from '../support/raw-record.ts';
import {
  aCloudShellRecord,
  anInsightRecord,
  anUnsignedDataRecord,
} from '../support/record-kinds.ts';
import { renderedForms, STEERING } from '../support/rendered-forms.ts';

/** No real ones, and put together here so that no scanner takes them for such. */
const SESSION_TOKEN = `IQoJb3JpZ2lu${'X2VjEJr9aB8c7D'.repeat(20)}`;
const SECRET_KEY = ['wJalrXUtnFEMI', 'K7MDENG', 'bPxRfiCYzzzzzzzz12'].join('/');
const KEY_ID = `ASIA${'EXAMPLE9'.repeat(2)}`;
const PASSWORD = 'hunter2-correct-horse';
// Of the long one its beginning: a cut token is one still.
const SECRETS = [SESSION_TOKEN.slice(0, 60), SECRET_KEY, KEY_ID, PASSWORD];

const steering = fc.constantFrom(
  '\u001b]0;owned\u0007\u001b[2J',
  '\u009b31m\u0085',
  '\u202egpj.exe\u2066\u200f',
  'line\r\nline\n\tline',
  '\ud800',
  '<!channel> `x` *y* <https://evil.example|AWS>',
);
const secret = fc.constantFrom(SESSION_TOKEN, SECRET_KEY, KEY_ID, `password=${PASSWORD}`);
const text = fc.oneof(
  hostileText,
  steering,
  secret,
  fc.tuple(steering, secret).map(([mark, token]) => `${mark} ${token} ${mark}`),
);

const credentials = {
  accessKeyId: KEY_ID,
  secretAccessKey: SECRET_KEY,
  sessionToken: SESSION_TOKEN,
};
const parameters = fc.record(
  {
    instancesSet: fc.record({ items: fc.array(fc.record({ instanceId: text })) }),
    roleArn: text,
    roleSessionName: text,
    bucketName: text,
    key: text,
    masterUserPassword: fc.constant(PASSWORD),
    userData: fc.constant(Buffer.from(PASSWORD).toString('base64')),
    environment: fc.record({ variables: fc.record({ TOKEN: secret }) }),
    logins: fc.dictionary(text, secret, { maxKeys: 3 }),
    credentials: fc.constant(credentials),
    other: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

const identity = fc.record(
  {
    type: fc.oneof(
      fc.constantFrom(
        ...['Root', 'IAMUser', 'AssumedRole', 'Role', 'FederatedUser', 'SAMLUser', 'Directory'],
        ...['WebIdentityUser', 'IdentityCenterUser', 'AWSService', 'AWSAccount', 'Unknown'],
      ),
      text,
    ),
    principalId: text,
    arn: fc.oneof(
      text,
      fc.tuple(text, text).map(([role, name]) => `arn:aws:sts::1:assumed-role/${role}/${name}`),
    ),
    accountId: text,
    userName: text,
    accessKeyId: fc.oneof(fc.constant(KEY_ID), text),
    invokedBy: text,
    identityProvider: text,
    inScopeOf: fc.record({ sourceArn: text }),
    invokedByDelegate: fc.record({ accountId: text }),
    onBehalfOf: fc.record({ userId: text }),
    sessionContext: fc.record(
      {
        sourceIdentity: text,
        sessionIssuer: fc.record({ type: fc.constant('Role'), userName: text, arn: text }),
        attributes: fc.record({ creationDate: text, mfaAuthenticated: text }),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

const changes = fc.record(
  {
    userIdentity: fc.oneof(identity, fc.jsonValue()),
    errorCode: text,
    errorMessage: text,
    sourceIPAddress: text,
    userAgent: text,
    awsRegion: text,
    recipientAccountId: text,
    // An id of one call, which nobody takes for a key's.
    sharedEventID: fc.oneof(hostileText, steering),
    eventType: text,
    requestParameters: parameters,
    responseElements: parameters,
    additionalEventData: fc.record({ MFAUsed: text }),
    serviceEventDetails: fc.record({ instanceIdSet: fc.array(text), note: text }),
    resources: fc.array(fc.record({ ARN: text, type: fc.oneof(hostileText, steering) }), {
      maxLength: 4,
    }),
  },
  { requiredKeys: [] },
);

const share = fc.record({ value: text, average: fc.double({ noNaN: true }) });
const insight = fc
  .record({
    errorCode: text,
    insightContext: fc.record({
      attributions: fc.array(
        fc.record({
          attribute: fc.constantFrom('userIdentityArn', 'userAgent', 'errorCode'),
          insight: fc.array(share, { maxLength: 8 }),
          baseline: fc.array(share, { maxLength: 8 }),
        }),
        { maxLength: 4 },
      ),
    }),
  })
  .map((details) => anInsightRecord(details));

const hostileRecord: fc.Arbitrary<unknown> = fc.oneof(
  fc
    .tuple(fc.constantFrom(aRawRecord, aCloudShellRecord, anUnsignedDataRecord), changes)
    .map(([build, made]) => build(made)),
  insight,
);

describe('any record that somebody could have caused', () => {
  it('says who, keeps no secret, and steers neither a terminal nor Slack, in every form', () => {
    fc.assert(
      fc.property(hostileRecord, (value) => {
        const raw = parseRecord(value);
        if (raw === null) return;
        const record = reduceRecord(raw);
        const { printed, posted, sentences } = renderedForms(record);

        expect(record.principal.label.trim()).not.toBe('');
        expect(sentences.length).toBeGreaterThan(3);
        expect(printed.filter((form) => STEERING.test(form))).toEqual([]);
        expect(posted.flatMap(refusals)).toEqual([]);
        const shown = [...printed, ...sentences, ...posted.flatMap(textsOf)].join('\n');
        expect(SECRETS.filter((one) => shown.includes(one))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

/** What is seen of a message: buttons carry ids that are not. */
function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === 'text' && typeof child === 'string' ? [child] : textsOf(child),
  );
}
