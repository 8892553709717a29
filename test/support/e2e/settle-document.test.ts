import { describe, expect, it } from 'vitest';
import { settleDocument } from './settle-document.ts';

const MOMENTS = ['10:56:20', '10:57:30'];

describe('settling a document of a story', () => {
  it('gives a random incident id and the links of this run the same words on every machine', () => {
    const text =
      '# RT-1GDMJ: checkout\n[thread](http://127.0.0.1:41001/archives/C0B57/p17953)\n[card](http://127.0.0.1:41001/archives/C0B57/p17954?thread_ts=1.2&cid=C0B57) [thread](http://127.0.0.1:41001/archives/C0B57/p17953)';

    expect(settleDocument(text, MOMENTS)).toBe(
      '# RT-7K3F9: checkout\n[thread](https://northwind.slack.com/archives/C0INCIDENT/p1)\n[card](https://northwind.slack.com/archives/C0INCIDENT/p2) [thread](https://northwind.slack.com/archives/C0INCIDENT/p1)',
    );
  });

  it.each([
    ['a few seconds after a moment', '10:56:23', '10:56:20'],
    ['on the next moment', '10:57:30', '10:57:30'],
    ['over a minute later', '10:58:41', '10:58:41'],
    ['before the story', '10:41:07', '10:41:07'],
  ])('takes a time %s for what people meant', (_when, written, settled) => {
    expect(settleDocument(`- **${written}** Ben: said`, MOMENTS)).toBe(
      `- **${settled}** Ben: said`,
    );
  });

  it('leaves all else as it was written', () => {
    const text = 'https://example.com/archives/C1/p1, 12 min, i-0c4e8d21f6ab97530, 2026-10-14';

    expect(settleDocument(text, MOMENTS)).toBe(text);
  });
});
