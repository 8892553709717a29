import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canvasText } from '../../../src/domain/incident/canvas.ts';
import { buildDocument } from '../../../src/domain/incident/document.ts';
import { foldEvents } from '../../../src/domain/incident/record.ts';
import { renderMarkdown } from '../../../src/domain/incident/render-markdown.ts';
import { alarmLink, recordLink, slackLink } from '../../../src/slack/blocks/links.ts';
import { hostileLog, hostileText } from '../../slack/blocks/hostile.ts';

const KNOWN_HOST =
  /^https:\/\/(?:[a-z0-9-]+\.)*(?:console\.aws\.amazon\.com|console\.amazonaws-us-gov\.com|console\.amazonaws\.cn|slack\.com|slack-gov\.com)\//;

/** What a renderer may still read as markup: the text without code spans and escaped characters. */
function bare(markdown: string): string {
  return markdown.replace(/\\[!-/:-@[-`{-~]|`[^`\n]+`/g, '');
}

/** Raw HTML, pictures, links to elsewhere, Slack's own marks, and what hides or turns text. */
function harmIn(markdown: string): readonly string[] {
  const text = bare(markdown);
  const links = [...text.matchAll(/\]\(([^)\s]*)/g)].map(([, url = '']) => url);
  return [
    ...links.filter((url) => !url.startsWith('#') && !KNOWN_HOST.test(url)),
    ...(text.match(/<[a-z!/@#?][^>\n]{0,20}|!\[|!\(|javascript:/gi) ?? []),
    ...(text.match(/(?<!\]\()(?:https?:\/\/|www\.)[^\s)]{0,20}/gi) ?? []),
    // A tab is what people typed, in a quotation.
    ...(markdown.match(/[^\P{C}\n\t]|[\p{Zl}\p{Zp}]/gu) ?? []),
  ];
}

describe('the document of any record that somebody could have caused', () => {
  it('holds no active markup and links to known hosts only, as a file and as a canvas', () => {
    fc.assert(
      fc.property(hostileLog, (events) => {
        const state = foldEvents(events);
        if (state === null) return;
        const document = buildDocument({
          state,
          events,
          names: new Map(),
          generatedAtMs: 0,
          permalinks: new Map(),
        });
        const markdown = renderMarkdown(document);
        expect(harmIn(markdown)).toEqual([]);
        expect(harmIn(canvasText(markdown, state.version))).toEqual([]);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });

  it('would be seen by this test if something got through', () => {
    expect(harmIn('[a](https://evil.example/) <b> ![x](y)').length).toBeGreaterThan(2);
    expect(
      harmIn('\\[a\\](x) `https://evil.example` [b](https://acme.slack.com/archives/C1)'),
    ).toEqual([]);
  });
});

describe('links made of what others chose', () => {
  it('go to known hosts, or there is none', () => {
    const consoles = fc.constantFrom(
      'https://console.aws.amazon.com',
      'https://console.amazonaws.cn',
      'https://evil.example',
      null,
    );
    fc.assert(
      fc.property(consoles, hostileText, hostileText, (consoleUrl, one, other) => {
        const links = [
          recordLink(consoleUrl, { region: one, eventId: other }),
          recordLink(consoleUrl, { region: 'eu-west-1', eventId: other }),
          alarmLink(consoleUrl, { region: 'eu-west-1', name: one }),
          alarmLink(consoleUrl, { region: one, name: other }),
          slackLink(one),
          slackLink(`https://${one}`),
          slackLink(`https://acme.slack.com.${other}/x`),
        ];
        expect(links.filter((url) => url !== null && !KNOWN_HOST.test(url))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
