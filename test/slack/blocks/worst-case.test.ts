import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blockLimits } from '../../../src/simulator/workspace/block-limits.ts';
import { blockErrors, textLength } from '../../../src/simulator/workspace/check-blocks.ts';
import { viewErrors } from '../../../src/simulator/workspace/views.ts';
import { textIn } from '../../support/e2e/person.ts';
import { stateOf } from '../../support/incident-builders.ts';
import { longestPlaybook } from '../../support/playbook-builders.ts';
import { maximalLog } from './maximal.ts';
import { BEGIN, END, FILLS } from './maximal-evidence.ts';
import { blocksOf, type Scene } from './worst-case-kit.ts';
import { MESSAGE_CARDS } from './worst-case-messages.ts';
import { VIEW_CARDS } from './worst-case-views.ts';

const CORE = { state: { files: new Map() } } as never;
const RENDERERS = resolve(import.meta.dirname, '../../../src/slack');

/** Whatever is exported to be shown to somebody. */
const CARDS = { ...MESSAGE_CARDS, ...VIEW_CARDS };

/** Parts of cards, and what every message goes through. */
const NO_CARDS = ['fitMessage', 'toConservative', 'withoutControls', 'modal', 'incidentModal'];

/** Exported functions that give a message or a view. */
function renderers(): readonly string[] {
  const files = ['blocks', 'forms'].flatMap((folder) =>
    readdirSync(join(RENDERERS, folder)).map((name) => join(RENDERERS, folder, name)),
  );
  return files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\nexport function (\w+)[\s\S]*?\{\n(?= {2}\S)/g)]
      .filter(([head]) => /\): [^{]*(MessageContent|SlotContent|ModalView|HomeView)/.test(head))
      .map(([, name = '']) => name),
  );
}

/** A text that began and did not end must say that it goes on. */
function silentCuts(blocks: readonly unknown[]): readonly string[] {
  return JSON.stringify(blocks)
    .split(BEGIN)
    .slice(1)
    .filter((rest) => !rest.includes(END) && !rest.includes('…') && !rest.includes('Cut short'))
    .map((rest) => rest.slice(-80));
}

const SCENES = [
  { step: 'identify', isClosed: false },
  { step: 'isolate', isClosed: false },
  { step: 'hypothesize', isClosed: false },
  { step: 'test', isClosed: false },
  { step: 'solve', isClosed: false },
  { step: 'verify', isClosed: false },
  { step: 'document', isClosed: false },
  { step: 'document', isClosed: true },
] as const;

describe('the worst case of every card', () => {
  it('is looked at: whatever renders something is in the table', () => {
    const known = [...Object.keys(CARDS), ...NO_CARDS];
    expect(renderers().length).toBeGreaterThan(30);
    expect(renderers().filter((name) => !known.includes(name))).toEqual([]);
  });

  describe.each(
    Object.entries(FILLS).flatMap(([name, fill], index) =>
      [0, 1].map((offset) => ({ name, fill, ...SCENES[(index * 2 + offset) % SCENES.length]! })),
    ),
  )('with $name, at the step $step (closed: $isClosed)', ({ fill, ...until }) => {
    const events = maximalLog(fill, until);
    const scene: Scene = { fill, events, state: stateOf(events), playbook: longestPlaybook() };

    it.each(Object.keys(CARDS))('%s is taken by Slack', (name) => {
      const card = CARDS[name];
      const shown = card?.show(scene) ?? [];
      expect(shown).not.toEqual([]);
      for (const sent of shown) {
        const blocks = blocksOf(sent) as never;
        const errors =
          sent.surface === 'message'
            ? blockErrors(blocks, 'message', CORE)
            : viewErrors(CORE, sent.view as never, sent.surface);
        expect(errors).toEqual([]);
        if (sent.surface === 'message') {
          expect(textLength(blocks)).toBeLessThanOrEqual(blockLimits.messageTextCharactersMax);
        } else {
          const bytes = Buffer.byteLength(JSON.stringify(sent.view));
          expect(bytes).toBeLessThanOrEqual(blockLimits.viewBytesMax);
        }
        expect(silentCuts(blocks)).toEqual([]);
        expect(textIn(blocks).replaceAll('*', '').slice(0, 300)).toMatch(card?.leads ?? /^$/);
      }
    });
  });
});
