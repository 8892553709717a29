import { type AwsReplayOptions, startAwsReplay } from '../simulator/aws/start-aws-replay.ts';
import { createPageAssets } from '../simulator/workspace/page-assets.ts';
import {
  startWorkspace,
  type Workspace,
  type WorkspaceOptions,
} from '../simulator/workspace/start-workspace.ts';
import { MANIFEST } from '../slack/manifest.ts';
import { demoIncident } from './demo-incidents.ts';

/** An incident older than this is played again when the next session opens, so that it is fresh. */
const STALE_MS = 20 * 60_000;

export interface DemoWorld {
  readonly pageUrl: string;
  readonly workspace: Workspace;
  readonly aws: Awaited<ReturnType<typeof startAwsReplay>>;
  /** Settings under which an unchanged bot works in this world. */
  readonly botEnvironment: Readonly<Record<string, string>>;
  botConnected(): boolean;
  close(): Promise<void>;
}

export interface DemoWorldOptions
  extends Pick<WorkspaceOptions, 'seed' | 'timings' | 'rateLimits' | 'delivery' | 'grantedScopes'>,
    Pick<
      AwsReplayOptions,
      | 'deliveryLagMs'
      | 'lookupsPerSecond'
      | 'logGroups'
      | 'eventDataStores'
      | 'queues'
      | 'alarmQueue'
    > {
  /** Of the page and of Slack's API; 0 takes any free one. */
  readonly port: number;
  /** The incident that AWS replays; the demo's when left out. */
  readonly folder?: string;
}

/** The simulated Slack and AWS around the bot; what the demo shows and the browser tests drive. */
export async function startDemoWorld(options: DemoWorldOptions): Promise<DemoWorld> {
  const {
    folder = demoIncident().folder,
    deliveryLagMs,
    lookupsPerSecond,
    logGroups,
    eventDataStores,
    queues,
    alarmQueue,
    ...workspaceOptions
  } = options;
  const aws = await startAwsReplay({
    folder,
    ...(deliveryLagMs !== undefined && { deliveryLagMs }),
    ...(lookupsPerSecond !== undefined && { lookupsPerSecond }),
    ...(logGroups !== undefined && { logGroups }),
    ...(eventDataStores !== undefined && { eventDataStores }),
    ...(queues !== undefined && { queues }),
    ...(alarmQueue !== undefined && { alarmQueue }),
  });
  let playedAtMs = Date.now();
  const workspace = await startWorkspace({
    ...workspaceOptions,
    manifest: MANIFEST,
    pageAssets: await createPageAssets(),
    onAction: (_userId, action) => {
      const opens = action.type === 'send' && action.text.startsWith('/triage');
      if (!opens || Date.now() - playedAtMs < STALE_MS) return;
      playedAtMs = Date.now();
      aws.moveTo(playedAtMs);
    },
  });
  return {
    pageUrl: workspace.pageUrl,
    workspace,
    aws,
    botEnvironment: {
      SLACK_BOT_TOKEN: workspace.botToken,
      SLACK_APP_TOKEN: workspace.appToken,
      SLACK_API_URL: workspace.apiUrl,
      AWS_ENDPOINT_URL: aws.endpointUrl,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    },
    botConnected: () => workspace.view(workspace.personId('ana')).appConnections > 0,
    close: async () => {
      await workspace.close();
      await aws.close();
    },
  };
}
