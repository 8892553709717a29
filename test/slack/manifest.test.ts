import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS, MESSAGE_SHORTCUTS } from '../../src/slack/ids.ts';
import { EVENT_SCOPES, MANIFEST, METHOD_SCOPES } from '../../src/slack/manifest.ts';
import { manifestText } from '../../src/slack/manifest-text.ts';

const ROOT = join(import.meta.dirname, '../..');
const SLACK = join(ROOT, 'src/slack');

const sources = readdirSync(SLACK, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(SLACK, name), 'utf8'))
  .join('\n');

/** `chat.postMessage` for `clients.background.chat.postMessage(`. */
const methodsCalled = new Set(
  [
    ...sources.matchAll(
      /\.((?:auth|chat|conversations|files|pins|reactions|usergroups\.users|users|views|canvases(?:\.access|\.sections)?)\.\w+)\(/g,
    ),
  ].map(([, method]) => method),
);

const eventsListenedTo = new Set(
  [...sources.matchAll(/app\.event\('(\w+)'/g)].map(([, event]) => event),
);

describe('the manifest', () => {
  it('is what manifest.yml says', () => {
    expect(readFileSync(join(ROOT, 'manifest.yml'), 'utf8')).toBe(manifestText());
  });

  it('has every command and every message shortcut of the code', () => {
    const { slash_commands, shortcuts } = MANIFEST.features;

    expect(slash_commands.map((row) => row.command)).toEqual(Object.values(COMMANDS));
    expect(shortcuts.map((row) => row.callback_id)).toEqual(Object.values(MESSAGE_SHORTCUTS));
  });

  it('asks for the scopes of the methods that are called, and of no others', () => {
    expect([...methodsCalled].toSorted()).toEqual(Object.keys(METHOD_SCOPES).toSorted());
  });

  it('subscribes to the events that are listened to, and to no others', () => {
    const subscribed = Object.keys(EVENT_SCOPES).map((event) => event.replace(/\..*/, ''));

    expect([...new Set(subscribed)].toSorted()).toEqual([...eventsListenedTo].toSorted());
  });

  it('stays within the lengths that Slack allows', () => {
    const { display_information, features } = MANIFEST;

    expect(display_information.name.length).toBeLessThanOrEqual(35);
    expect(display_information.description.length).toBeLessThanOrEqual(140);
    expect(features.shortcuts.filter((row) => row.name.length > 24)).toEqual([]);
    expect(features.shortcuts.filter((row) => row.description.length > 150)).toEqual([]);
  });
});
