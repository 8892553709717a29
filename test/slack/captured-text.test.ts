import { describe, expect, it } from 'vitest';
import {
  capturedText,
  messageFiles,
  messageWords,
  wordsOf,
} from '../../src/slack/captured-text.ts';
import { messageChangedEvent, messageShortcutPayload } from '../../src/slack/payloads.ts';

const file = { name: 'graph.png', permalink: 'https://acme.slack.com/files/U1/F1/graph.png' };
const LINE = 'File: graph.png https://acme.slack.com/files/U1/F1/graph.png';

describe('what is kept of a message', () => {
  it('is what was typed, and a link for each file', () => {
    expect(capturedText({ text: 'look at &lt;this&gt;', files: [file] })).toBe(
      `look at <this>\n${LINE}`,
    );
    expect(capturedText({ text: '', files: [file] })).toBe(LINE);
    expect(capturedText({ text: 'no file' })).toBe('no file');
    const many = Array.from({ length: 12 }, () => file);
    expect(capturedText({ text: '', files: many })).toMatch(/and 2 more files$/);
  });

  it('is the same whether it was pinned, edited or added by the shortcut', () => {
    const message = { ts: '1.2', text: 'look', files: [{ ...file, size: 3 }] };
    const edited = messageChangedEvent.parse({ channel: 'C1', message });
    const added = messageShortcutPayload.parse({
      callback_id: 'add_to_timeline',
      team: { id: 'T1' },
      user: { id: 'U1' },
      channel: { id: 'C1' },
      trigger_id: 't',
      response_url: 'https://hooks.slack.com/x',
      message,
    });
    expect(capturedText(edited.message)).toBe(`look\n${LINE}`);
    expect(capturedText(added.message)).toBe(`look\n${LINE}`);
  });

  it('is what an app shows when it sends no text, as AWS does', () => {
    const section = {
      type: 'section',
      block_id: 'b1',
      text: { type: 'mrkdwn', text: '*checkout-5xx* is &gt; 5' },
    };
    const fields = {
      type: 'section',
      fields: [
        { type: 'mrkdwn', text: 'Region' },
        { type: 'mrkdwn', text: 'eu-west-1' },
      ],
    };
    const rich = {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'see' },
            { type: 'link', url: 'https://x', text: 'it' },
          ],
        },
      ],
    };
    const alarm = {
      fallback: 'ALARM',
      title: 'CloudWatch Alarm | checkout-5xx',
      text: 'Threshold Crossed',
      color: 'd00',
    };
    expect(capturedText({ text: ' ', blocks: [section, fields, { type: 'divider' }, rich] })).toBe(
      '*checkout-5xx* is > 5\nRegion eu-west-1\nsee it',
    );
    expect(capturedText({ text: '', attachments: messageWords.attachments.parse([alarm]) })).toBe(
      'CloudWatch Alarm | checkout-5xx\nThreshold Crossed',
    );
    expect(
      wordsOf({
        text: '',
        attachments: messageWords.attachments.parse([{ fallback: 'ALARM' }, { blocks: [section] }]),
      }),
    ).toBe('ALARM\n*checkout-5xx* is > 5');
  });

  it('is only what was typed where Slack shows a link below it', () => {
    const preview = messageWords.attachments.parse([{ title: 'A page', from_url: 'https://x' }]);
    expect(capturedText({ text: 'look', attachments: preview })).toBe('look');
  });

  it('stays short, whatever an app sends', () => {
    const deep = Array.from({ length: 100 }).reduce<unknown>((inner) => ({ text: [inner] }), {
      text: 'x',
    });
    const many = Array.from({ length: 3_000 }, () => ({ text: { text: 'many words' } }));
    expect(wordsOf({ text: '', blocks: [deep] })).toBe('');
    expect(wordsOf({ text: '', blocks: many })).toHaveLength(10_000);
    expect(messageWords.attachments.parse('nonsense')).toBeUndefined();
  });

  it('holds what can be read where Slack sends files in another shape', () => {
    expect(messageFiles.parse('nonsense')).toBeUndefined();
    expect(capturedText({ text: 'x', files: messageFiles.parse([{ id: 'F1' }]) })).toBe(
      'x\nFile: without a name',
    );
  });
});
