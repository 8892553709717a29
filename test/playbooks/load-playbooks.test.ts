import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PLAYBOOK_LIMITS } from '../../src/domain/playbook/playbook.ts';
import { loadPlaybooks } from '../../src/playbooks/load-playbooks.ts';

const GOOD = `id: queue
title: Queue is stuck
when: Messages are not worked off.
words: [queue, stuck]
questions: [Which queue?]
checks:
  - check: Is the worker deployed?
    changes: [deployed]
hypotheses:
  - id: worker
    cause: The worker is down.
    classes: [compute-stopped]
    for: It was stopped.
    against: It runs.
tests:
  - test: Look at it.
    of: [worker]
solutions:
  - solution: Start it.
    of: [worker]
    risk: None known.
    mitigation: Start one.
    rollback: Stop it.
verification: [The queue gets shorter.]
prevention: [Alarm on its age.]
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'redthread-playbooks-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: string | Uint8Array) =>
  writeFileSync(join(folder, name), content);

/** What is loaded from the folder alone, and "file:line: reason" of what is not. */
function load() {
  const { playbooks, problems, replaced } = loadPlaybooks({
    shippedFolder: folder,
    teamFolder: null,
  });
  return {
    ids: playbooks.map(({ id }) => id),
    playbooks,
    replaced,
    problems: problems.map(
      ({ file, line, reason }) => `${basename(file)}:${line ?? ''}: ${reason}`,
    ),
  };
}

describe('a folder of playbooks', () => {
  it('is read whole, but for what is no YAML by its name', () => {
    write('queue.yaml', GOOD);
    write('other.yml', GOOD.replace('id: queue', 'id: other'));
    write('README.md', '# Our playbooks');
    expect(load()).toMatchObject({ ids: ['other', 'queue'], problems: [] });
  });

  it('may be empty', () => {
    expect(load()).toMatchObject({ ids: [], problems: [] });
  });

  it('that is not there is told and stops nothing', () => {
    const loaded = loadPlaybooks({ teamFolder: join(folder, 'nowhere') });
    expect(loaded.playbooks).toHaveLength(6);
    expect(loaded.problems).toMatchObject([
      { line: null, reason: expect.stringMatching(/ENOENT/) },
    ]);
  });

  it('of the team stands for shipped ones with the same id, and says so', () => {
    write('ours.yaml', GOOD.replace('id: queue', 'id: downtime'));
    write('new.yaml', GOOD);
    const { playbooks, replaced } = loadPlaybooks({ teamFolder: folder });
    expect(playbooks).toHaveLength(7);
    expect(playbooks.find(({ id }) => id === 'downtime')?.title).toBe('Queue is stuck');
    expect(replaced).toEqual([{ id: 'downtime', file: join(folder, 'ours.yaml') }]);
  });

  it('with one id twice keeps the first by name', () => {
    write('a.yaml', GOOD);
    write('b.yaml', GOOD.replace('Queue is stuck', 'Another'));
    const loaded = load();
    expect(loaded.playbooks.map(({ title }) => title)).toEqual(['Queue is stuck']);
    expect(loaded.problems).toEqual([
      expect.stringMatching(/^b\.yaml:: has the id queue, as .*a\.yaml has: give it another one$/),
    ]);
  });

  it('with a broken file gives all the others', () => {
    write('a.yaml', 'id: [');
    write('queue.yaml', GOOD);
    expect(load()).toMatchObject({
      ids: ['queue'],
      problems: [expect.stringMatching(/^a\.yaml:1: /)],
    });
  });

  it('is read up to a limit', () => {
    for (let index = 0; index <= PLAYBOOK_LIMITS.filesMax; index += 1) {
      write(`p${index}.yaml`, GOOD.replace('id: queue', `id: p${index}`));
    }
    const loaded = load();
    expect(loaded.ids).toHaveLength(PLAYBOOK_LIMITS.filesMax);
    expect(loaded.problems).toEqual([expect.stringContaining('holds 1 more files than the 100')]);
  });
});

describe('a broken file', () => {
  it.each([
    ['bad YAML', GOOD.replace('words: [queue, stuck]', 'words: [queue, stuck'), '5:'],
    ['a tab', GOOD.replace('  - check', '\t- check'), '7:'],
    [
      'a key twice',
      GOOD.replace('questions:', 'title: Again\nquestions:'),
      '5: Map keys must be unique',
    ],
    ['an unknown key', GOOD.replace('words:', 'wrods:'), '4: wrods is not known here'],
    [
      'an unknown key inside',
      GOOD.replace('    risk:', '    risks:'),
      '21: solutions.0.risks is not known here',
    ],
    [
      'a part that is missing',
      GOOD.replace('verification: [The queue gets shorter.]\n', ''),
      '1: verification is missing',
    ],
    [
      'a text that is too long',
      GOOD.replace('Which queue?', 'x'.repeat(241)),
      '5: questions.0 is longer than 240 characters',
    ],
    ['an empty text', GOOD.replace('[Which queue?]', '["  "]'), '5: questions.0 is empty'],
    ['an empty list', GOOD.replace('[Which queue?]', '[]'), '5: questions is empty'],
    [
      'too many of something',
      GOOD.replace('[Which queue?]', `[${'why, '.repeat(9)}]`),
      '5: questions has more than 8 entries',
    ],
    [
      'no list where one belongs',
      GOOD.replace('[Which queue?]', 'Which queue?'),
      '5: questions is not a list',
    ],
    ['a number for a text', GOOD.replace('[Which queue?]', '[1]'), '5: questions.0 is not a text'],
    [
      'no such change class',
      GOOD.replace('[deployed]', '[deploy]'),
      '8: checks.0.changes.0 is not a class of changes',
    ],
    [
      'no such cause',
      GOOD.replace(
        '  - test: Look at it.\n    of: [worker]',
        '  - test: Look at it.\n    of: [nobody]',
      ),
      '17: tests.0.of.0 is none of the hypotheses',
    ],
    [
      'two kinds of check in one',
      GOOD.replace('    changes: [deployed]', '    changes: [deployed]\n    trail: denied'),
      '7: checks.0 can have one of',
    ],
    [
      'a question that /trail does not understand',
      GOOD.replace('    changes: [deployed]', '    trail: who stopped since 25:99'),
      '8: checks.0.trail is not a question',
    ],
    [
      'an id that cannot be typed',
      GOOD.replace('id: queue', 'id: Our Queue'),
      '1: id must be 1 to 30 small letters',
    ],
    [
      'an address that is not safe',
      `${GOOD}links:\n  - title: Runbook\n    url: javascript:alert(1)\n`,
      '28: links.0.url must be an https:// address',
    ],
    [
      'an address with a password',
      `${GOOD}links:\n  - title: Runbook\n    url: https://me:secret@wiki.example/\n`,
      '28: links.0.url must be',
    ],
    [
      'a tag without a value',
      `${GOOD}links:\n  - title: Runbook\n    url: https://wiki.example/\n    tag: checkout\n`,
      '29: links.0.tag is not a list of tags',
    ],
    [
      'an alarm pattern without anything',
      `${GOOD}alarms:\n  - {}\n`,
      '27: alarms.0 needs a namespace, a metric or a symptom',
    ],
    [
      'control characters',
      GOOD.replace('[Which queue?]', '["a\\u0007b"]'),
      '5: questions.0 holds control characters',
    ],
    [
      'aliases',
      GOOD.replace('[Which queue?]', '&q [Which queue?]').replace(
        'verification: [The queue gets shorter.]',
        'verification: *q',
      ),
      ': uses anchors and aliases',
    ],
    ['nothing in it', '', ': is empty'],
    ['nothing but a comment', '# soon\n', ': is empty'],
    ['only a word', 'downtime', '1: '],
    ['a list', '- id: queue', '1: '],
  ])('with %s is refused with its line and the reason', (_, text, expected) => {
    write('queue.yaml', text);
    const { ids, problems } = load();
    expect(ids).toEqual([]);
    expect(problems.map((problem) => problem.slice('queue.yaml:'.length))).toEqual(
      expect.arrayContaining([expect.stringContaining(expected)]),
    );
  });

  it('has every problem told, up to ten', () => {
    write(
      'queue.yaml',
      GOOD.replace('[Which queue?]', `[${'1, '.repeat(8)}]`).replace('id: queue', 'id: 1'),
    );
    expect(load().problems).toHaveLength(9);
    write('queue.yaml', 'id: 1');
    expect(load().problems.length).toBeGreaterThan(5);
    write('queue.yaml', Array.from({ length: 40 }, (_, index) => `k${index}: 1`).join('\n'));
    expect(load().problems.at(-1)).toMatch(/^queue\.yaml:: has \d+ more problems$/);
    expect(load().problems).toHaveLength(11);
  });

  it('that is larger than a playbook can be is not even read', () => {
    write('queue.yaml', `${GOOD}# ${'x'.repeat(PLAYBOOK_LIMITS.fileBytesMax)}`);
    expect(load().problems).toEqual([`queue.yaml:: is larger than 65536 bytes`]);
  });

  it('that is not text, or no file, is told', () => {
    write('queue.yaml', new Uint8Array([0xff, 0xfe, 0x00]));
    mkdirSync(join(folder, 'folder.yaml'));
    expect(load().problems).toEqual([
      'folder.yaml:: is not a file',
      'queue.yaml:: is not UTF-8 text',
    ]);
  });
});
