import { describe, expect, it } from 'vitest';
import { INCIDENT_STEPS } from '../../../src/domain/incident/steps.ts';
import { loadPlaybooks } from '../../../src/playbooks/load-playbooks.ts';
import type { MessageContent } from '../../../src/slack/blocks/message.ts';
import { buildPlaybookView } from '../../../src/slack/blocks/playbook-view.ts';
import { textIn } from '../../support/e2e/person.ts';
import { aPlaybook, longestPlaybook } from '../../support/playbook-builders.ts';
import { aRankedCause, aRanking } from '../../support/ranking-builders.ts';
import { checkView } from '../../support/slack/check-blocks.ts';
import { anIncidentState } from '../../support/store-builders.ts';
import { refusals } from './refusals.ts';

const { playbooks: shipped } = loadPlaybooks({ teamFolder: null });
const VIEW_BYTES_MAX = 250_000;

describe('the whole playbook', () => {
  it('has all steps, the one that people are in first, and says where they are', () => {
    const view = buildPlaybookView(anIncidentState({ step: 'solve' }), aPlaybook());
    expect(view.title.text).toBe('Whole playbook: Downtime');
    const titles = textIn(view.blocks).match(/Step \d of 7[^.?]*?(?= \(you| [A-Z]| 👤)/g);
    expect(titles?.map((title) => Number(title[5]))).toEqual([5, 1, 2, 3, 4, 6, 7]);
    expect(textIn(view.blocks)).toMatch(/Step 5 of 7: [^(]* \(you are here\) Roll back\./);
  });

  it('holds what the card leaves out', () => {
    const ranking = aRanking({ causes: [aRankedCause()] });
    const words = textIn(buildPlaybookView(anIncidentState({ ranking }), aPlaybook()).blocks);
    expect(words).toContain('For: It times out. Against: It is refused.');
    expect(words).toMatch(
      /Risk: Data may not fit\. Mitigation: One first\. Way back: Deploy again/,
    );
  });

  it('links every runbook that fits', () => {
    const links = Array.from({ length: 5 }, (_, n) => ({
      title: `Runbook ${n}`,
      url: `https://wiki.example/${n}`,
      alarms: [],
      resources: [],
      tags: [],
    }));
    const { blocks } = buildPlaybookView(anIncidentState(), aPlaybook({ links }));
    expect(JSON.stringify(blocks).match(/https:\/\/wiki\.example\/\d/g)).toHaveLength(5);
  });

  it.each(
    [longestPlaybook(), ...shipped].flatMap((playbook) =>
      INCIDENT_STEPS.map(({ id }) => [playbook.title, id, playbook] as const),
    ),
  )('%s is taken by Slack at the step %s, without a cut', (_, step, playbook) => {
    const view = buildPlaybookView(anIncidentState({ step }), playbook);
    expect(checkView(view)).toEqual([]);
    const blocks = view.blocks as MessageContent['blocks'];
    expect(blocks.flatMap((block) => refusals({ text: 'x', blocks: [block] }))).toEqual([]);
    expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThan(VIEW_BYTES_MAX);
    for (const text of [...playbook.prevention, ...playbook.questions]) {
      expect(textIn(blocks)).toContain(text.trim().replace(/\s+/g, ' '));
    }
  });
});
