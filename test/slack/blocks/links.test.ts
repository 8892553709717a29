import { describe, expect, it } from 'vitest';
import { alarmLink, recordLink, runbookLink, slackLink } from '../../../src/slack/blocks/links.ts';

const CONSOLE_URL = 'https://console.aws.amazon.com';
const EVENT_ID = '11111111-2222-3333-4444-555555555555';
const RECORD = { region: 'eu-west-1', eventId: EVENT_ID };

describe('links to Slack', () => {
  it.each([
    'https://example.slack.com/archives/C1/p1',
    'https://big-corp.enterprise.slack.com/archives/C1/p1',
    'https://agency.slack-gov.com/archives/C1/p1',
    'http://127.0.0.1:8765/archives/C1/p1',
    'http://localhost/archives/C1/p1',
  ])('may lead to %s', (permalink) => {
    expect(slackLink(permalink)).toBe(permalink);
  });

  it.each([
    'http://example.slack.com/archives/C1/p1',
    'https://example.slack.com:8443/archives/C1/p1',
    'https://example.slack.com.evil.example/archives',
    'https://a.evil.example/example.slack.com',
    'https://a.b.slack.com/',
    'https://slack.com/',
    'https://user@example.slack.com/',
    'https://:password@example.slack.com/',
    'https://localhost.evil.example/',
    'ftp://localhost/',
    'javascript:alert(1)',
    'no address',
    `https://example.slack.com/${'a'.repeat(2_000)}`,
    null,
  ])('never lead to %s', (permalink) => {
    expect(slackLink(permalink)).toBeNull();
  });

  it('may be as long as Slack takes them', () => {
    const start = 'https://example.slack.com/';
    const longest = start.padEnd(2_000, 'a');

    expect(slackLink(longest)).toBe(longest);
  });
});

describe('links to a record', () => {
  it('lead to it in the console of its Region and partition', () => {
    expect(recordLink(CONSOLE_URL, RECORD)).toBe(
      `https://eu-west-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-west-1#/events/${EVENT_ID}`,
    );
    expect(recordLink('https://console.amazonaws.cn', { ...RECORD, region: 'cn-north-1' })).toMatch(
      /^https:\/\/cn-north-1\.console\.amazonaws\.cn\//,
    );
    expect(
      recordLink('https://console.amazonaws-us-gov.com', { ...RECORD, region: 'us-gov-west-1' }),
    ).toMatch(/^https:\/\/us-gov-west-1\.console\.amazonaws-us-gov\.com\//);
  });

  it.each([
    'evil.example/',
    'xeu-west-1/',
    'eu-west-1.evil',
    'eu-1',
    'EU-WEST-1',
    '',
  ])('are left out for the Region %j', (region) => {
    expect(recordLink(CONSOLE_URL, { ...RECORD, region })).toBeNull();
  });

  it.each([
    `${EVENT_ID}?x`,
    `x${EVENT_ID}`,
    'abc',
    'a'.repeat(65),
    '',
  ])('are left out for the event id %j', (eventId) => {
    expect(recordLink(CONSOLE_URL, { ...RECORD, eventId })).toBeNull();
  });

  it.each([
    null,
    '',
    'no address',
    'https://evil.example',
    'https://user@console.aws.amazon.com',
  ])('are left out when the console is %j', (consoleUrl) => {
    expect(recordLink(consoleUrl, RECORD)).toBeNull();
  });
});

describe('links to an alarm', () => {
  const alarm = { region: 'eu-west-1', name: 'a/b c' };

  it('lead to it by its name, whatever that is', () => {
    expect(alarmLink(CONSOLE_URL, alarm)).toBe(
      'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:alarm/a%2Fb%20c',
    );
    expect(alarmLink(CONSOLE_URL, { ...alarm, name: '\ud800' })).toMatch(/alarm\/%EF%BF%BD$/);
  });

  it('are left out when they would be too long, or lead nowhere that is known', () => {
    const rest = 2_000 - (alarmLink(CONSOLE_URL, { ...alarm, name: '' })?.length ?? 0);

    expect(alarmLink(CONSOLE_URL, { ...alarm, name: 'a'.repeat(rest) })).toHaveLength(2_000);
    expect(alarmLink(CONSOLE_URL, { ...alarm, name: 'a'.repeat(rest + 1) })).toBeNull();
    expect(alarmLink(CONSOLE_URL, { ...alarm, region: 'evil.example/' })).toBeNull();
    expect(alarmLink('https://evil.example', alarm)).toBeNull();
    expect(alarmLink(null, alarm)).toBeNull();
  });
});

describe('links to a runbook', () => {
  it('are https, and carry no password', () => {
    expect(runbookLink('https://wiki.example/run?book=1')).toBe('https://wiki.example/run?book=1');
    expect(runbookLink('http://wiki.example/')).toBeNull();
    expect(runbookLink('https://me:secret@wiki.example/')).toBeNull();
    expect(runbookLink('nothing')).toBeNull();
  });
});
