import { describe, expect, it } from 'vitest';
import { capturedText, messageFiles } from '../../src/slack/captured-text.ts';
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

  it('holds what can be read where Slack sends files in another shape', () => {
    expect(messageFiles.parse('nonsense')).toBeUndefined();
    expect(capturedText({ text: 'x', files: messageFiles.parse([{ id: 'F1' }]) })).toBe(
      'x\nFile: without a name',
    );
  });
});
