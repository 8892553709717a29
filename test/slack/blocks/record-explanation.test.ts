import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { countCharacters } from '../../../src/slack/blocks/fit-text.ts';
import { BLOCK_LIMITS } from '../../../src/slack/blocks/limits.ts';
import { recordExplanation } from '../../../src/slack/blocks/record-explanation.ts';
import { aPrincipal, aRecord } from '../../support/trail-record.ts';
import { trailRecord } from './hostile.ts';
import { refusals } from './refusals.ts';

describe('a record explained in Slack', () => {
  it('shows values that others chose as code, and our own words as text', () => {
    const record = aRecord({ principal: aPrincipal({ label: untrusted('<!channel> ana') }) });
    const { elements } = recordExplanation(record);

    expect(elements[0]).toMatchObject({
      type: 'rich_text_section',
      elements: [
        { type: 'text', text: '🧾 ' },
        { type: 'text', text: '<!channel> ana', style: { code: true } },
        { type: 'text', text: ' stopped' },
        { type: 'text', text: ' ' },
        { type: 'text', text: 'i-0abc', style: { code: true } },
        { type: 'text', text: '.' },
      ],
    });
    expect(elements[1]).toMatchObject({ type: 'rich_text_list', style: 'bullet' });
  });

  it('leaves out what does not fit, counted, and never the sentences before it', () => {
    const long = untrusted('x'.repeat(300));
    const details = Array.from({ length: 12 }, () => ({ label: 'image', value: long }));
    const named = Array.from({ length: 20 }, (_, number) => `${number}${long}`.slice(0, 300));
    const record = aRecord({ named, details, userAgent: long, errorMessage: long });
    const text = JSON.stringify(recordExplanation(record));

    expect(countCharacters(recordExplanation(record))).toBeLessThan(
      BLOCK_LIMITS.messageCharactersMax * 0.8,
    );
    expect(text).toContain('It failed');
    expect(text).toContain('and 2 more facts');
  });

  it('gives Slack nothing to refuse and nobody a way to do harm, whatever a record holds', () => {
    fc.assert(
      fc.property(trailRecord, (record) => {
        const block = recordExplanation(record);

        expect(refusals({ blocks: [block], text: 'a record' })).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
