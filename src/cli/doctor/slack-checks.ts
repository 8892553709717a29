import { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Config } from '../../config.ts';
import { listWords } from '../../domain/text/list-words.ts';
import type { Logger } from '../../ports.ts';
import { createSlackClients } from '../../slack/connect/clients.ts';
import { EVENT_SCOPES, MANIFEST, METHOD_SCOPES } from '../../slack/manifest.ts';
import { slackFailureOf } from '../../slack/send/slack-failure.ts';
import { channelChecks } from './channel-checks.ts';
import { type Check, type Finding, failed, notChecked, ok, warning } from './check.ts';

const CALL_TIMEOUT_MS = 10_000;

const NETWORK_ADVICE = 'Check the network (and SLACK_API_URL if you set it), then run it again.';
const REINSTALL =
  'Declared is not the same as granted: compare the app with manifest.yml, then reinstall it ("Install App" in its settings) and set the new token.';

const authTest = z.object({
  team: z.string(),
  user: z.string(),
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
});
type Identity = z.infer<typeof authTest>;

/** The tokens, what they may do, and the channels of the configuration. */
export function slackChecks(config: Config, log: Logger): readonly Check[] {
  const clients = createSlackClients({ ...config.slack, log });
  // Asked for once, whoever needs it first.
  let asked: Promise<Identity> | null = null;
  const identity = (): Promise<Identity> => {
    asked ??= clients.background.auth.test().then((answer) => authTest.parse(answer));
    return asked;
  };
  return [
    { area: 'Slack', name: 'bot token', run: () => checkBotToken(identity) },
    { area: 'Slack', name: 'granted scopes', run: () => checkScopes(identity) },
    connectionCheck(config),
    ...channelChecks(config, clients),
  ];
}

async function checkBotToken(identity: () => Promise<Identity>): Promise<Finding> {
  try {
    const { team, user } = await identity();
    return ok(`works in ${team} as @${user}`);
  } catch (error) {
    const failure = slackFailureOf(error);
    if (failure.kind === 'credentials-refused') return failed('refused', failure.sentence);
    return failed('Slack could not be asked', NETWORK_ADVICE);
  }
}

async function checkScopes(identity: () => Promise<Identity>): Promise<Finding> {
  const known = await identity().catch(() => null);
  if (known === null) return notChecked('the bot token did not work');
  const granted = known.response_metadata?.scopes;
  if (granted === undefined) return notChecked('Slack did not say which scopes the token has');
  const needed: readonly string[] = MANIFEST.oauth_config.scopes.bot;
  const missing = needed.filter((scope) => !granted.includes(scope));
  if (missing.length > 0) {
    const gaps = missing.map((scope) => `${scope} (for ${usersOf(scope)})`);
    return failed(`lacks ${listWords(gaps)}`, REINSTALL);
  }
  const unused = granted.filter((scope) => !needed.includes(scope));
  if (unused.length > 0) {
    return warning(
      `has all ${needed.length}, and ${listWords(unused)}, which nothing needs`,
      'Take what is not in manifest.yml out of the app, then reinstall it.',
    );
  }
  return ok(`has all ${needed.length} that are needed, and no other`);
}

/** What does not work without a scope: methods and events by name. */
function usersOf(scope: string): string {
  const names = Object.entries({ ...METHOD_SCOPES, ...EVENT_SCOPES })
    .filter(([, scopes]: readonly [string, readonly string[]]) => scopes.includes(scope))
    .map(([name]) => name);
  return names.length === 0 ? 'slash commands' : names.join(', ');
}

function connectionCheck({ slack: { connection, apiUrl } }: Config): Check {
  if (connection.kind === 'http') {
    return {
      area: 'Slack',
      name: 'signing secret',
      run: async () =>
        notChecked('Slack shows nobody whether it is right: the first request from Slack does'),
    };
  }
  const client = new WebClient(connection.appToken, {
    slackApiUrl: apiUrl,
    timeout: CALL_TIMEOUT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  return { area: 'Slack', name: 'app token', run: () => checkAppToken(client) };
}

/** Asks for the address of a connection, and opens none. */
async function checkAppToken(client: WebClient): Promise<Finding> {
  try {
    await client.apps.connections.open();
    return ok('opens connections');
  } catch (error) {
    const failure = slackFailureOf(error);
    if (failure.kind === 'unknown' || failure.kind === 'rate-limited') {
      return failed('Slack could not be asked', NETWORK_ADVICE);
    }
    return failed(
      'refused',
      'Check SLACK_APP_TOKEN (xapp-…, with the scope connections:write) and that Socket Mode is switched on.',
    );
  }
}
