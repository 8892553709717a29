import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANGE_CLASSES } from '../../src/domain/investigation/change-class.ts';
import { SYMPTOMS } from '../../src/domain/investigation/symptom.ts';
import { choosePlaybook } from '../../src/domain/playbook/choose-playbook.ts';
import { loadPlaybooks } from '../../src/playbooks/load-playbooks.ts';

const TEXT = readFileSync(new URL('../../docs/playbooks.md', import.meta.url), 'utf8');
const EXAMPLE = /```yaml\n([\s\S]*?)```/.exec(TEXT)?.[1] ?? '';

/** The names in backticks after a bold word, up to the empty line. */
function listed(word: string): readonly string[] {
  const paragraph =
    new RegExp(`\\*\\*${word}\\*\\*:([\\s\\S]*?)(?:\\n\\n|$)`).exec(TEXT)?.[1] ?? '';
  return [...paragraph.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name ?? '');
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'redthread-docs-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const load = (text: string) => {
  writeFileSync(join(folder, 'orders.yaml'), text);
  return loadPlaybooks({ teamFolder: folder });
};

describe('the guide to playbooks', () => {
  it('has an example that loads and is chosen by its words', () => {
    const { playbooks, problems } = load(EXAMPLE);
    expect(problems).toEqual([]);
    const title = 'orders stuck in Leipzig';
    expect(choosePlaybook({ title, alarms: [] }, playbooks)?.playbook.id).toBe('orders-stuck');
  });

  it('shows a mistake as it is told', () => {
    const { problems } = load(EXAMPLE.replace('changes: [deployed', 'changes: [deploy'));
    expect(problems).toMatchObject([
      { reason: expect.stringContaining('checks.1.changes.0 is not a class of changes') },
    ]);
    expect(TEXT.replaceAll(/\s+/g, ' ')).toContain('checks.1.changes.0 is not a class of changes');
  });

  it('lists every symptom and every class of changes', () => {
    expect(listed('Symptoms')).toEqual(SYMPTOMS);
    expect(listed('Classes of changes')).toEqual(CHANGE_CLASSES);
  });

  it('names every shipped playbook', () => {
    const { playbooks } = loadPlaybooks({ teamFolder: null });
    const rows = [...TEXT.matchAll(/^\| `([a-z-]+)` \| /gm)].map(([, id]) => id);
    expect(rows.slice(0, playbooks.length).toSorted()).toEqual(playbooks.map(({ id }) => id));
  });
});
