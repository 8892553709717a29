import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBot } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import { wrap } from '../../../src/observe/logger.ts';
import type { Store } from '../../../src/ports.ts';
import { startAwsReplay } from '../../../src/simulator/aws/start-aws-replay.ts';
import type { LogLine } from './bot-world.ts';

const FOLDER = fileURLToPath(
  new URL('../../../src/simulator/incidents/checkout-5xx', import.meta.url),
);

export const SIGNING_SECRET = 'signing secret of the tests';

/** The whole bot, reached by HTTP requests from a Slack that a test chooses. */
export interface HttpBot {
  readonly store: Store;
  readonly logLines: readonly LogLine[];
  close(): Promise<void>;
}

export async function startHttpBot(slack: {
  readonly apiUrl: string;
  readonly botToken: string;
  /** Known beforehand, because Slack has to know it as well. */
  readonly port: number;
  readonly environment?: Readonly<Record<string, string>>;
}): Promise<HttpBot> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'redthread-http-'));
  const aws = await startAwsReplay({ folder: FOLDER });
  const awsEnvironment = {
    AWS_ENDPOINT_URL: aws.endpointUrl,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  };
  // The AWS SDK reads its own variables from the process, as it does in production.
  Object.assign(process.env, awsEnvironment);
  const logLines: LogLine[] = [];
  const config = readConfig({
    ...awsEnvironment,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: slack.apiUrl,
    PORT: String(slack.port),
    REDTHREAD_DATA: dataDirectory,
    ...slack.environment,
  });
  const log = wrap(
    { log: (level, fields, message) => logLines.push({ level, fields, message }) },
    {},
  );
  const bot = await startBot(config, log);
  return {
    store: bot.store,
    logLines,
    close: async () => {
      await bot.stop();
      await aws.close();
      for (const name of Object.keys(awsEnvironment)) delete process.env[name];
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

export interface SignedPost {
  readonly url: string;
  readonly body: string;
  readonly secret?: string;
  readonly timestampSeconds?: number;
}

/** Posts as Slack does. https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function postSigned({ url, body, secret, timestampSeconds }: SignedPost): Promise<Response> {
  const timestamp = String(timestampSeconds ?? Math.floor(Date.now() / 1_000));
  const signature = createHmac('sha256', secret ?? SIGNING_SECRET)
    .update(`v0:${timestamp}:${body}`)
    .digest('hex');
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    },
    body,
  });
}
