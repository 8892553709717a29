import nock from 'nock';
import { afterEach, beforeEach } from 'vitest';

/** Where mocked services live; nothing answers there but what a test has promised. */
export const MOCK_URL = 'http://service.invalid';

export interface Promised {
  readonly status?: number;
  readonly body: object | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** How often the same answer is given; once by default. */
  readonly times?: number;
}

const unmatched: string[] = [];

function noteUnmatched(request: { readonly method?: string; readonly path?: string }): void {
  unmatched.push(`${request.method} ${request.path ?? 'another host'}`);
}

/**
 * Mocked HTTP for a test file: a request that nothing was promised for fails the test, and so
 * does a promise that nobody used.
 */
export function mockHttp(): void {
  beforeEach(() => {
    unmatched.length = 0;
    nock.disableNetConnect();
    nock.emitter.on('no match', noteUnmatched);
  });
  afterEach(() => {
    nock.emitter.removeListener('no match', noteUnmatched);
    const unused = nock.pendingMocks();
    nock.cleanAll();
    nock.enableNetConnect();
    if (unmatched.length > 0) throw new Error(`Nothing was promised for: ${unmatched.join(', ')}`);
    if (unused.length > 0) throw new Error(`Promised but not asked for: ${unused.join(', ')}`);
  });
}

/** Promises the answer to the next call of an AWS operation (`LookupEvents`). */
export function promiseAws(operation: string, promised: Promised): void {
  nock(MOCK_URL)
    .post('/')
    .matchHeader('x-amz-target', new RegExp(`\\.${operation}$`))
    .times(promised.times ?? 1)
    .reply(promised.status ?? 200, promised.body, {
      'content-type': 'application/x-amz-json-1.1',
      ...promised.headers,
    });
}

/** Promises that the next call of an AWS operation breaks on the way (`ECONNREFUSED`). */
export function promiseAwsBreak(operation: string, code: string, times = 1): void {
  nock(MOCK_URL)
    .post('/')
    .matchHeader('x-amz-target', new RegExp(`\\.${operation}$`))
    .times(times)
    .replyWithError(Object.assign(new Error(`mocked ${code}`), { code }));
}

/** Promises the answer to the next call of a Slack method; the forms that were sent are kept. */
export function promiseSlack(method: string, promised: Promised): readonly URLSearchParams[] {
  const forms: URLSearchParams[] = [];
  nock(MOCK_URL)
    .post(`/api/${method}`, (body) => {
      forms.push(new URLSearchParams(body as Record<string, string>));
      return true;
    })
    .times(promised.times ?? 1)
    .reply(promised.status ?? 200, promised.body, promised.headers);
  return forms;
}

/** Promises that the next call of a Slack method breaks on the way (`ECONNRESET`). */
export function promiseSlackBreak(method: string, code: string): void {
  nock(MOCK_URL)
    .post(`/api/${method}`)
    .replyWithError(Object.assign(new Error(`mocked ${code}`), { code }));
}

/** Where an interaction's answer goes on the mocked Slack. */
export const REPLY_URL = `${MOCK_URL}/reply`;

/** Promises the answer to the next POST at `REPLY_URL`; what was said is kept. */
export function promiseReply(promised: Partial<Promised> = {}): readonly object[] {
  const bodies: object[] = [];
  nock(MOCK_URL)
    .post('/reply', (body) => {
      bodies.push(body);
      return true;
    })
    .reply(promised.status ?? 200, promised.body ?? 'ok', promised.headers);
  return bodies;
}
