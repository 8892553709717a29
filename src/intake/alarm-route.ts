import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AlarmMessage } from '../aws/alarm-messages/parse-alarm-message.ts';
import type { AlarmChange } from '../domain/alarm/alarm-change.ts';
import type { HealthRoute } from '../observe/health.ts';
import type { Logger } from '../ports.ts';
import {
  SIGNATURE_HEADER,
  type SignatureVerdict,
  TIMESTAMP_HEADER,
  verifySignature,
} from './verify-signature.ts';

/** As much as SQS carries. */
const BODY_BYTES_MAX = 256 * 1024;
const RETRY_AFTER_SECONDS = 10;

export const ALARM_PATH = '/alarms';

export interface AlarmRouteDependencies {
  readonly secret: string;
  readonly nowMs: () => number;
  readonly log: Logger;
  readonly parse: (body: string) => AlarmMessage;
  /** Rejects when it could not be recorded: whoever sent it has to try again. */
  readonly take: (
    change: AlarmChange,
  ) => Promise<{ readonly kind: string; readonly incidentId?: string }>;
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

/**
 * `POST /alarms`: the message of a queue, signed. Answers 200 once its effect is on record, and 503
 * when it could not be recorded. No address in a message is ever visited.
 */
export function alarmRoute(deps: AlarmRouteDependencies): HealthRoute {
  return {
    path: ALARM_PATH,
    method: 'POST',
    handler: (request, response) => {
      answerRequest(deps, request).then(
        (answer) => send(response, answer),
        (error: unknown) => {
          deps.log.error('a posted alarm could not be recorded', error);
          send(response, NOT_RECORDED);
        },
      );
    },
  };
}

const REFUSALS: Readonly<Record<Exclude<SignatureVerdict, 'good'>, string>> = {
  missing: `The headers ${TIMESTAMP_HEADER} and ${SIGNATURE_HEADER} are needed.`,
  wrong: 'The signature does not fit the timestamp and the body: compare the secrets.',
  'too-old': 'This was signed more than five minutes ago: sign it when it is sent.',
  'from-the-future': 'This was signed in the future: set the clock of whoever signs.',
};

const TOO_LARGE = refuse(413, 'too-large', `At most ${BODY_BYTES_MAX} bytes are read.`);
/** Nobody is left to hear it. */
const CUT_SHORT = refuse(400, 'cut-short', 'The body ended before its end.');
const NOT_RECORDED = refuse(503, 'not-recorded', 'It could not be recorded now. Send it again.');

async function answerRequest(
  { secret, nowMs, log, parse, take }: AlarmRouteDependencies,
  request: IncomingMessage,
): Promise<Answer> {
  const body = await readBody(request);
  if (body === 'too-long') return TOO_LARGE;
  if (body === 'cut-short') return CUT_SHORT;
  const verdict = verifySignature(
    {
      timestamp: headerOf(request, TIMESTAMP_HEADER),
      signature: headerOf(request, SIGNATURE_HEADER),
      body,
    },
    secret,
    nowMs(),
  );
  if (verdict !== 'good') {
    log.warn('a posted alarm was refused', { why: verdict });
    return refuse(401, `signature-${verdict}`, REFUSALS[verdict]);
  }
  const message = parse(body.toString('utf8'));
  switch (message.kind) {
    case 'unreadable':
      log.warn('a posted message was not understood', { why: message.why, bytes: body.length });
      return refuse(422, 'not-an-alarm', `This message is not understood: ${message.why}.`);
    case 'other':
      return { status: 200, body: { outcome: 'no-alarm' } };
    case 'alarm': {
      const { kind, incidentId } = await take(message.change);
      log.info('an alarm was taken', { to: message.change.to, outcome: kind, incidentId });
      return { status: 200, body: { outcome: kind, incidentId } };
    }
  }
}

function refuse(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message } } };
}

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? undefined : value;
}

/** Not read to its end when it is too long; the connection ends with the answer then. */
function readBody(request: IncomingMessage): Promise<Buffer | 'too-long' | 'cut-short'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= BODY_BYTES_MAX) {
        chunks.push(chunk);
        return;
      }
      request.pause();
      resolve('too-long');
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', () => resolve('cut-short'));
  });
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (status === NOT_RECORDED.status) headers['retry-after'] = String(RETRY_AFTER_SECONDS);
  // What was not read of the body would be taken for the next request.
  if (status === TOO_LARGE.status) headers['connection'] = 'close';
  response.writeHead(status, headers).end(`${JSON.stringify(body)}\n`);
}
