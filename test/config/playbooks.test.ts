import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configFile } from '../support/config-file.ts';

const { folder, read } = configFile();
mkdirSync(join(folder, 'playbooks'));
writeFileSync(join(folder, 'notes.txt'), 'no folder');

describe("the folder of the team's own playbooks", () => {
  it('is found from where the configuration file is, or by its whole path', () => {
    const expected = join(folder, 'playbooks');
    expect(read('playbooks: ./playbooks').playbooksFolder).toBe(expected);
    expect(read(`playbooks: ${expected}`).playbooksFolder).toBe(expected);
  });

  it('need not be there', () => {
    expect(read('regions: [eu-west-1]').playbooksFolder).toBeNull();
  });

  it.each([
    ['playbooks: ./nowhere', /playbooks \S+nowhere does not exist/],
    ['playbooks: ./notes.txt', /playbooks \S+notes\.txt is not a folder/],
    ['playbooks: [a, b]', /playbooks must be the path of a folder/],
    ['playbooks: ""', /playbooks is empty/],
  ])('as %s is a problem that says what to do', (yaml, problem) => {
    expect(() => read(yaml)).toThrow(problem);
  });
});
