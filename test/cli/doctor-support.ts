import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CheckedRow } from '../../src/cli/doctor/check.ts';
import {
  type AwsReplay,
  type AwsReplayOptions,
  startAwsReplay,
} from '../../src/simulator/aws/start-aws-replay.ts';
import {
  startWorkspace,
  type Workspace,
  type WorkspaceOptions,
} from '../../src/simulator/workspace/start-workspace.ts';
import { MANIFEST } from '../../src/slack/manifest.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const FOLDER = fileURLToPath(
  new URL('../../src/simulator/incidents/checkout-5xx', import.meta.url),
);

export interface Visit {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

/** A simulated Slack and AWS, a folder for data, and the command that looks at them. */
export interface DoctorWorld {
  readonly workspace: Workspace;
  readonly aws: AwsReplay;
  readonly folder: string;
  /** In a process of its own, with these settings besides the world's. */
  visit(words: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Visit>;
  /** The rows of `--json`, by area and name. */
  rows(environment?: Readonly<Record<string, string>>): Promise<ReadonlyMap<string, CheckedRow>>;
  close(): Promise<void>;
}

export async function startDoctorWorld(
  options: {
    readonly slack?: Partial<WorkspaceOptions>;
    readonly aws?: Partial<AwsReplayOptions>;
  } = {},
): Promise<DoctorWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'redthread-doctor-'));
  const workspace = await startWorkspace({ manifest: MANIFEST, ...options.slack });
  const aws = await startAwsReplay({ folder: FOLDER, ...options.aws });
  const settings = {
    PATH: process.env['PATH'] ?? '',
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    SLACK_API_URL: workspace.apiUrl,
    AWS_ENDPOINT_URL: aws.endpointUrl,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    REDTHREAD_DATA: folder,
  };
  const visit: DoctorWorld['visit'] = (words, environment) =>
    run(['doctor', ...words], { ...settings, ...environment });
  return {
    workspace,
    aws,
    folder,
    visit,
    rows: async (environment) => {
      const { out } = await visit(['--json'], environment);
      const rows: readonly CheckedRow[] = JSON.parse(out).rows;
      return new Map(
        rows.map((row) => [[row.area, row.name, row.place ?? []].flat().join(' '), row]),
      );
    },
    close: async () => {
      await workspace.close();
      await aws.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function run(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Visit> {
  const child = spawn(process.execPath, [MAIN, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  const output = { out: '', errors: '' };
  child.stdout.on('data', (bytes) => {
    output.out += String(bytes);
  });
  child.stderr.on('data', (bytes) => {
    output.errors += String(bytes);
  });
  await once(child, 'close');
  return { code: child.exitCode, ...output };
}
