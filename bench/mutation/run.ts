/**
 * `node bench/mutation/run.ts grammar`: changes the code of a group in every way Stryker knows and counts
 * which changes its tests find. Fails below the share that docs/mutation.md promises.
 * `--files=src/a.ts,src/b.ts` takes only these, `--force` judges everything anew.
 */
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { MUTATION_GROUPS, type MutationGroup } from './groups.ts';

const FOUND_PERCENT_MIN = 85;
const OUTPUT = 'test-results/mutation';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { files: { type: 'string' }, force: { type: 'boolean' } },
});
const groups: Readonly<Record<string, MutationGroup>> = MUTATION_GROUPS;
for (const name of positionals.length === 0 ? Object.keys(groups) : positionals) {
  const group = groups[name];
  if (group === undefined) {
    console.error(`There is no group "${name}". Groups: ${Object.keys(groups).join(', ')}.`);
    process.exitCode = 1;
    break;
  }
  await judge(name, values.files?.split(',') ?? [...group.mutate]);
}

async function judge(name: string, mutate: string[]): Promise<void> {
  process.env['REDTHREAD_MUTATION_GROUP'] = name;
  const stryker = new Stryker({
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    mutate,
    vitest: { configFile: 'bench/mutation/vitest.config.ts', related: false },
    coverageAnalysis: 'perTest',
    concurrency: 2,
    incremental: true,
    incrementalFile: `${OUTPUT}/${name}-incremental.json`,
    force: values.force ?? false,
    tempDirName: `${OUTPUT}/sandbox-${name}`,
    ignorePatterns: ['docs', 'test-results'],
    // Stryker would rewrite it with the API that TypeScript 7 no longer has; nothing here reads it.
    tsconfigFile: 'none',
    reporters: ['progress-append-only', 'clear-text', 'json', 'html'],
    clearTextReporter: {
      logTests: false,
      reportTests: false,
      reportMutants: false,
      allowColor: false,
    },
    jsonReporter: { fileName: `${OUTPUT}/${name}.json` },
    htmlReporter: { fileName: `${OUTPUT}/${name}.html` },
    thresholds: { high: 95, low: FOUND_PERCENT_MIN, break: FOUND_PERCENT_MIN },
  });
  await stryker.runMutationTest();
}
