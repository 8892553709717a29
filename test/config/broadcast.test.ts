import { expect, it } from 'vitest';
import { configFile } from '../support/config-file.ts';

const { read } = configFile();

it.each([
  ['off', false],
  ['false', false],
  ['on', true],
])('`broadcast: %s` is read as such', (said, broadcasts) => {
  expect(read(`broadcast: ${said}`).broadcasts).toBe(broadcasts);
});

it('refuses anything else with a clear sentence', () => {
  expect(() => read('broadcast: [close]')).toThrow('broadcast must be on or off');
});
