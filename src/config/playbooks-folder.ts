import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ConfigFile } from './read-config-file.ts';

/**
 * The folder with the team's own playbooks; null: they have none. Its path is taken from where the
 * configuration file is, so that both can be moved together.
 */
export function settlePlaybooksFolder(
  configPath: string | undefined,
  { playbooks }: ConfigFile,
  problems: string[],
): string | null {
  if (configPath === undefined || playbooks === undefined) return null;
  const folder = resolve(dirname(configPath), playbooks);
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) return folder;
  const trouble = stats === undefined ? 'does not exist' : 'is not a folder';
  problems.push(`${configPath}: playbooks ${folder} ${trouble} (a path is taken from this file)`);
  return null;
}
