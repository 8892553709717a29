import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../launch-browser.ts';
import { exampleFile } from './example-file.ts';
import { playStory, type Story, type Told } from './story.ts';

/** An hour of an incident, with all that the bot does in it by itself, on two noisy cores. */
const STORY_MS = 400_000;

/** Plays the story once, and holds what it ends in against the example in `docs/examples/`. */
export function describeStory<Name extends string>(rows: Story<Name>): void {
  describe(`the story of ${rows.name} in a browser`, () => {
    let browser: Browser;
    let told: Told;

    beforeAll(async () => {
      browser = await launchBrowser();
      told = await playStory(rows, browser);
    }, STORY_MS);
    afterAll(() => browser?.close());

    it('ends in the committed document (write-examples.ts writes it anew)', async () => {
      const committed = await readFile(exampleFile(rows.name), 'utf8');
      expect(withoutCount(told.example)).toBe(withoutCount(committed));
    });

    it('goes through all seven steps, and misses nothing that a document should have', () => {
      const entered = [...told.example.matchAll(/: Step (\d): /g)].map(([, step]) => Number(step));
      // Not always in order: what is still going on is contained before it is understood.
      expect([...new Set(entered)].toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
      expect(told.example).not.toMatch(/Not recorded:|## Missing from the record/);
    });

    it('makes neither the bot nor a page complain', () => {
      expect(told.complaints).toEqual([]);
    });
  });
}

/** Causes are ranked while calls are read: how often depends on which Region answers first. */
function withoutCount(document: string): string {
  return document.replace(/Written from the \d+ entries/, 'Written from the entries');
}
