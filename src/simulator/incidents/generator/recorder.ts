import type { SeededRandom } from './seeded-random.ts';
import { iso } from './story-time.ts';

export const ACCOUNT = '111122223333';
export const HOME = 'eu-west-1';
export const GLOBAL = 'us-east-1';

/** Whose credentials a call carries, and from where and with what it is made. */
export interface Caller {
  readonly identity: object | null;
  readonly address: string;
  readonly agent: string;
  readonly console?: boolean;
}

export interface Call {
  /** `ec2.StopInstances`: the event source without its domain, and the recorded name. */
  readonly event: string;
  readonly region?: string;
  readonly request?: object | null;
  readonly response?: object | null;
  readonly error?: { readonly code: string; readonly message: string };
  readonly resources?: readonly { readonly type: string; readonly arn: string }[];
  readonly eventType?: string;
  readonly more?: object;
}

export interface Recorder {
  readonly records: readonly { readonly timeMs: number; readonly line: string }[];
  /** Returns the eventID. */
  write(timeMs: number, caller: Caller, call: Call): string;
  /** Takes a finished record as it is. */
  take(timeMs: number, record: object): void;
}

const READING = /^(Describe|Get|List|Decrypt|GenerateDataKey|AssumeRole|BatchGet|Lookup)/;

/** Writes records in CloudTrail's field order and collects them. */
export function createRecorder(random: SeededRandom): Recorder {
  const records: { timeMs: number; line: string }[] = [];
  const take = (timeMs: number, record: object) =>
    void records.push({ timeMs, line: asciiOnly(JSON.stringify(record)) });
  return {
    records,
    take,
    write(timeMs, caller, call) {
      const eventID = random.uuid();
      take(timeMs, toRecord(timeMs, caller, call, eventID, random.uuid()));
      return eventID;
    },
  };
}

function toRecord(timeMs: number, caller: Caller, call: Call, eventID: string, requestID: string) {
  const [service = '', eventName = ''] = call.event.split('.');
  const region = call.region ?? HOME;
  const eventType = call.eventType ?? 'AwsApiCall';
  return {
    eventVersion: service === 'sts' || service === 'signin' ? '1.08' : '1.11',
    userIdentity: caller.identity,
    eventTime: iso(timeMs),
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: region,
    sourceIPAddress: caller.address,
    userAgent: caller.agent,
    ...(call.error && { errorCode: call.error.code, errorMessage: call.error.message }),
    requestParameters: call.request ?? null,
    responseElements: call.response ?? null,
    ...(eventType === 'AwsApiCall' && { requestID }),
    eventID,
    readOnly: READING.test(eventName),
    ...(call.resources && { resources: call.resources.map(toResource) }),
    eventType,
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    ...call.more,
    eventCategory: 'Management',
    ...(eventType === 'AwsApiCall' && !isService(caller) && { tlsDetails: tls(service, region) }),
    ...(caller.console && { sessionCredentialFromConsole: 'true' }),
  };
}

/** Characters that turn text around belong into records, but not bare into a repository. */
function asciiOnly(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function toResource({ type, arn }: { readonly type: string; readonly arn: string }) {
  return { accountId: ACCOUNT, type, ARN: arn };
}

function isService({ address }: Caller): boolean {
  return address.endsWith('.amazonaws.com');
}

function tls(service: string, region: string): object {
  const host = service === 'iam' || service === 'route53' ? service : `${service}.${region}`;
  return {
    tlsVersion: 'TLSv1.3',
    cipherSuite: 'TLS_AES_128_GCM_SHA256',
    clientProvidedHostHeader: `${host}.amazonaws.com`,
  };
}
