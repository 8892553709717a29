import { LogLevel } from '@slack/bolt';
import { expect, it } from 'vitest';
import { toSlackLogger } from '../../../src/slack/connect/slack-logger.ts';
import { createKeptLog } from '../../support/kept-log.ts';

it('passes warnings and errors of Slack’s libraries on as warnings, cut to 500 characters', () => {
  const log = createKeptLog();
  const slackLogger = toSlackLogger(log);

  slackLogger.warn('socket', 'slow', 3);
  slackLogger.error('x'.repeat(2_000));

  expect(log.lines[0]).toMatchObject({ level: 'warn', fields: { text: 'socket slow 3' } });
  expect(log.lines[1]).toMatchObject({ level: 'warn', fields: { text: 'x'.repeat(500) } });
});

it('drops their debug and info lines, which hold payloads, whatever level they are set to', () => {
  const log = createKeptLog();
  const slackLogger = toSlackLogger(log);

  slackLogger.setLevel(LogLevel.DEBUG);
  slackLogger.debug('{"text":"words of a person"}');
  slackLogger.info('{"text":"words of a person"}');

  expect(log.lines).toEqual([]);
  expect(slackLogger.getLevel()).toBe(LogLevel.WARN);
});
