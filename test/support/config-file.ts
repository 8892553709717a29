import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type Config, readConfig } from '../../src/config.ts';
import { isAppError } from '../../src/errors.ts';

type Environment = Readonly<Record<string, string>>;

export interface ConfigFile {
  /** Where it lies. */
  readonly folder: string;
  /** What the bot makes of this text in the file, with the tokens and the Region that a start needs. */
  read(yaml: string, environment?: Environment): Config;
  /** What it reports of it, line by line, without the file's name. Throws when it reports nothing. */
  problemsOf(yaml: string, environment?: Environment): readonly string[];
}

/** A configuration file of its own for the tests of one file. */
export function configFile(usual: Environment = {}): ConfigFile {
  const folder = mkdtempSync(join(tmpdir(), 'redthread-config-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const read: ConfigFile['read'] = (yaml, environment = usual) => {
    const path = join(folder, 'redthread.yaml');
    writeFileSync(path, yaml);
    return readConfig({
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      AWS_REGION: 'eu-west-1',
      ...environment,
      REDTHREAD_CONFIG: path,
    });
  };
  return {
    folder,
    read,
    problemsOf(yaml, environment) {
      try {
        read(yaml, environment);
      } catch (error) {
        if (!isAppError(error, 'configuration-invalid')) throw error;
        const [, ...lines] = error.message.split('\n');
        return lines.map((line) => line.replace(/^ {2}- (.*?redthread\.yaml: )?/, ''));
      }
      throw new Error('This configuration was taken.');
    },
  };
}
