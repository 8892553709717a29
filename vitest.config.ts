import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Reads recorded records that are not part of this repository: only where they are named.
    exclude: process.env['REDTHREAD_TEST_RECORDS'] ? [] : ['test/aws/real-records.test.ts'],
    // Two cores are the usual machine: browser, Redis and vitest share them.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
