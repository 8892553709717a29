/**
 * Runs before the tests: finds redis-server and Chromium, installs them with apt where that is
 * allowed, and otherwise stops with what to install. A missing part is never a skipped test.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

interface Tool {
  readonly name: string;
  readonly commands: readonly string[];
  readonly variable: string;
  readonly packages: readonly string[];
}

const TOOLS: readonly Tool[] = [
  {
    name: 'redis-server',
    commands: ['redis-server'],
    variable: 'REDIS_SERVER_PATH',
    packages: ['redis-server'],
  },
  {
    name: 'Chromium',
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
    variable: 'CHROMIUM_PATH',
    packages: ['chromium', 'fonts-dejavu-core', 'fonts-noto-color-emoji'],
  },
];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isThere(tool: Tool): boolean {
  const named = process.env[tool.variable];
  if (named !== undefined) return isExecutable(named);
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return tool.commands.some((command) =>
    folders.some((folder) => isExecutable(join(folder, command))),
  );
}

/** As root, or with a sudo that asks for nothing; null where apt may not be used. */
function aptPrefix(): readonly string[] | null {
  if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return null;
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
    ? ['sudo', '-n']
    : null;
}

function install(packages: readonly string[]): void {
  const prefix = aptPrefix();
  if (prefix === null) return;
  const run = (...words: string[]): void => {
    const [command = 'apt-get', ...rest] = [...prefix, 'apt-get', ...words];
    execFileSync(command, rest, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  };
  console.log(`The tests need ${packages.join(', ')}: installing with apt-get.`);
  run('update', '-qq');
  run('install', '-y', '-qq', '--no-install-recommends', ...packages);
}

const missing = TOOLS.filter((tool) => !isThere(tool));
if (missing.length > 0) install(missing.flatMap((tool) => tool.packages));
const stillMissing = TOOLS.filter((tool) => !isThere(tool));
for (const tool of stillMissing) {
  console.error(
    `The tests need ${tool.name}, which is not on the PATH. Install it (Debian and Ubuntu: apt-get install ${tool.packages.join(' ')}) or name it in ${tool.variable}.`,
  );
}
process.exitCode = stillMissing.length > 0 ? 1 : 0;
