import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const TEXT = readFileSync(new URL('docs/failures.md', ROOT), 'utf8');

/** The cells of every row below a heading of a table. */
const rows = TEXT.split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, failure]) => failure !== 'failure');

describe('the list of failures', () => {
  it('names for each the test that shows it, or says why none applies', () => {
    const bare = rows
      .filter(([, , , shown = '']) => !/`test\/[\w/.-]+\.test\.ts`|^does not apply: /.test(shown))
      .map(([, failure]) => failure);
    expect(rows.length).toBeGreaterThan(8);
    expect(bare).toEqual([]);
  });

  it('names only tests that are there', () => {
    const named = [...TEXT.matchAll(/\btest\/[\w/.-]+\.ts\b/g)].map(([path]) => path);
    expect(named.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([]);
  });

  it('says in every row what fails, what happens and what shows it', () => {
    expect(rows.filter((cells) => cells.length !== 5)).toEqual([]);
  });
});
