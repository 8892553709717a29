import { describe, expect, it } from 'vitest';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { alarmLink, recordLink, slackLink } from '../../../src/slack/blocks/links.ts';
import {
  date,
  inline,
  line,
  mention,
  sentenceToRichText,
  show,
  typed,
} from '../../../src/slack/blocks/text.ts';

const CONSOLE_URL = 'https://console.aws.amazon.com';
const EVENT_ID = '11111111-2222-3333-4444-555555555555';

const shown = (text: string): string => {
  const element = show(untrusted(text));
  expect(element).toMatchObject({ type: 'text', style: { code: true } });
  return 'text' in element ? (element.text ?? '') : '';
};

describe('text from outside', () => {
  it('is shown as code on one line', () => {
    expect(shown('i-0abc\nand\tmore')).toBe('i-0abc and more');
  });

  it('shows what would be invisible or turn the direction of writing', () => {
    expect(shown('a\u202eb\u200bc\u{e0041}d')).toBe('a\\u{202e}b\\u{200b}c\\u{e0041}d');
  });

  it('has no halves of characters', () => {
    expect(shown('a\ud800b')).toBe('a\ufffdb');
  });

  it('is cut to 300 characters without halving one', () => {
    const text = shown('🧵'.repeat(1_000));

    expect(text.length).toBeLessThanOrEqual(300);
    expect(text.isWellFormed()).toBe(true);
    expect(text.endsWith('…')).toBe(true);
  });

  it('keeps few marks on one letter', () => {
    expect(shown(`e${'\u0301'.repeat(1_000_000)}!`)).not.toMatch(/\p{M}{5}/u);
  });

  it('says that it is empty', () => {
    expect(shown('')).toBe('(empty)');
  });
});

describe('text that people typed', () => {
  it('stays as it is, without being interpreted', () => {
    expect(typed('<!channel> *hi* <@U1>\n👩‍💻', 100)).toEqual({
      type: 'text',
      text: '<!channel> *hi* <@U1>\n👩‍💻',
    });
  });

  it('is left out when there is nothing to see', () => {
    expect(typed(' \n ', 100)).toBeNull();
  });
});

describe('mentions', () => {
  it('come from user ids only', () => {
    expect(mention('U12AB')).toEqual({ type: 'user', user_id: 'U12AB' });
    expect(mention('S12AB').type).toBe('text');
    expect(mention('U12AB> <!channel').type).toBe('text');
  });

  it('are found in our own sentences', () => {
    expect(inline(sentenceToRichText('Already done by <@UANA> and <!here>.'))).toEqual([
      { type: 'text', text: 'Already done by ' },
      { type: 'user', user_id: 'UANA' },
      { type: 'text', text: ' and <!here>.' },
    ]);
  });
});

describe('lines', () => {
  it('are never empty, because Slack refuses them', () => {
    expect(line(null, '', []).elements).toEqual([{ type: 'text', text: '–' }]);
  });

  it('carry times that everybody reads in their own zone', () => {
    expect(date(Date.UTC(2026, 2, 8, 10, 42))).toMatchObject({
      timestamp: 1_772_966_520,
      fallback: '2026-03-08 10:42:00 UTC',
    });
  });
});

describe('links', () => {
  it('lead to Slack only', () => {
    const permalink = 'https://example.slack.com/archives/C1/p1';

    expect(slackLink(permalink)).toBe(permalink);
    expect(slackLink('https://example.slack.com.evil.example/archives')).toBeNull();
    expect(slackLink('https://user@example.slack.com/')).toBeNull();
    expect(slackLink('javascript:alert(1)')).toBeNull();
  });

  it('lead to a record in the console of its Region', () => {
    expect(recordLink(CONSOLE_URL, { region: 'eu-west-1', eventId: EVENT_ID })).toBe(
      `https://eu-west-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-west-1#/events/${EVENT_ID}`,
    );
    expect(recordLink(CONSOLE_URL, { region: 'evil.example/', eventId: EVENT_ID })).toBeNull();
    expect(
      recordLink('https://evil.example', { region: 'eu-west-1', eventId: EVENT_ID }),
    ).toBeNull();
    expect(recordLink(null, { region: 'eu-west-1', eventId: EVENT_ID })).toBeNull();
  });

  it('lead to an alarm by its name, whatever that is', () => {
    expect(alarmLink(CONSOLE_URL, { region: 'eu-west-1', name: 'a/b c' })).toBe(
      'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:alarm/a%2Fb%20c',
    );
    expect(alarmLink(CONSOLE_URL, { region: 'eu-west-1', name: 'a'.repeat(5_000) })).toBeNull();
  });
});
