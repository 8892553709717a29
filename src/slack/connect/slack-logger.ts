import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import type { Logger } from '../../ports.ts';

/** Slack's libraries put payloads into their debug and info lines: only warnings and errors pass. */
export function toSlackLogger(log: Logger): SlackLogger {
  const quiet = (): void => undefined;
  const text = (parts: unknown[]): string => parts.map(String).join(' ').slice(0, 500);
  return {
    debug: quiet,
    info: quiet,
    warn: (...parts: unknown[]) => log.warn('slack library warns', { text: text(parts) }),
    error: (...parts: unknown[]) => log.warn('slack library reports', { text: text(parts) }),
    setLevel: quiet,
    getLevel: () => LogLevel.WARN,
    setName: quiet,
  };
}
