import { expect, it } from 'vitest';
import { configFile } from '../support/config-file.ts';

const { read } = configFile();

it('the time that alarms must stay OK is read in minutes', () => {
  expect(read('watch: { minutes: 30 }').watchMs).toBe(30 * 60_000);
});

it.each([
  ['watch: { minutes: 0 }', 'watch.minutes is too short: an alarm needs minutes to go off'],
  ['watch: { minutes: 1441 }', 'watch.minutes is longer than a day'],
  ['watch: { minutes: 1.5 }', 'watch.minutes must be a whole number of minutes'],
  ['watch: { hours: 1 }', 'watch'],
])('`%s` is refused with a clear sentence', (yaml, sentence) => {
  expect(() => read(yaml)).toThrow(sentence);
});
