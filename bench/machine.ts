import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem, type } from 'node:os';

/** What the figures were measured on, in Markdown. */
export function machineLines(): readonly string[] {
  const [cpu] = cpus();
  const [load = Number.NaN] = loadavg();
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)} with Node ${process.version} and ${redisVersion()}`,
    `on ${type()} ${release().split('-')[0]}, ${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB.`,
    `The load was ${load.toFixed(1)} before it began. Bot, stores and simulators shared the machine.`,
  ];
}

function redisVersion(): string {
  const binary = process.env['REDIS_SERVER_PATH'] ?? 'redis-server';
  const told = execFileSync(binary, ['--version'], { encoding: 'utf8' });
  return `Redis ${/v=(\S+)/.exec(told)?.[1] ?? 'unknown'}`;
}
