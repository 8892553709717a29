import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { onTestFinished } from 'vitest';
import { northwindSeed } from '../../../src/simulator/workspace/seed.ts';
import {
  startWorkspace,
  type Workspace,
  type WorkspaceOptions,
} from '../../../src/simulator/workspace/start-workspace.ts';

/** A manifest that subscribes to everything the workspace can send. */
export const testManifest = {
  display_information: { name: 'Tester' },
  features: {
    bot_user: { display_name: 'Tester' },
    slash_commands: [{ command: '/triage', description: 'Open a session', usage_hint: 'words' }],
    shortcuts: [{ name: 'Start here', type: 'message', callback_id: 'start', description: 'x' }],
  },
  settings: {
    socket_mode_enabled: true,
    event_subscriptions: {
      bot_events: [
        'app_mention',
        'message.channels',
        'message.groups',
        'message.im',
        'reaction_added',
        'reaction_removed',
        'app_home_opened',
        'member_joined_channel',
      ],
    },
  },
};

export async function openWorkspace(options: Partial<WorkspaceOptions> = {}): Promise<Workspace> {
  const workspace = await startWorkspace({
    manifest: testManifest,
    seed: northwindSeed,
    rateLimits: 'off',
    ...options,
    timings: {
      ackMs: 400,
      eventRetryDelaysMs: [0, 20, 20],
      fileProcessingMs: 30,
      ...options.timings,
    },
  });
  onTestFinished(() => workspace.close());
  return workspace;
}

/** Slack's own client, without retries, so that a test sees each answer. */
export function clientFor(workspace: Workspace, token = workspace.botToken): WebClient {
  return new WebClient(token, {
    slackApiUrl: workspace.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
  });
}

/** Slack's own framework in Socket Mode, unmodified but for the address. */
export async function startApp(workspace: Workspace, register: (app: App) => void): Promise<App> {
  const clientOptions = { slackApiUrl: workspace.apiUrl };
  const receiver = new SocketModeReceiver({
    appToken: workspace.appToken,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions },
  });
  const app = new App({
    token: workspace.botToken,
    receiver,
    convoStore: false,
    logLevel: LogLevel.ERROR,
    clientOptions: { ...clientOptions, retryConfig: { retries: 0 } },
  });
  register(app);
  await app.start();
  onTestFinished(async () => {
    await app.stop();
  });
  return app;
}

/** The error code that Slack answered, or 'ok'. */
export async function errorOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    const data = (error as { data?: { error?: string } }).data;
    return data?.error ?? String((error as { code?: string }).code);
  }
}

/** Polls until the value is there. */
export async function eventually<Value>(
  read: () => Value | undefined | null | false,
): Promise<Value> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const value = read();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('It did not happen within ten seconds.');
}
