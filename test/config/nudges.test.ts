import { describe, expect, it } from 'vitest';
import { DEFAULT_NUDGES } from '../../src/domain/incident/nudging.ts';
import { configFile } from '../support/config-file.ts';

const file = configFile();
const read = (yaml: string) => file.read(yaml).nudges;

describe('the times of reminders', () => {
  it('are minutes, mornings or off, each for itself; what is left out stays as it is', () => {
    expect(read('nudges: {noOwner: 10, sev1: 15, sev2: off, sev3: 240}')).toEqual({
      noOwner: 600_000,
      quiet: { ...DEFAULT_NUDGES.quiet, sev1: 900_000, sev2: null, sev3: 14_400_000 },
    });
    expect(read('nudges: {sev1: morning}').quiet.sev1).toBe('morning');
  });

  it('are all off at once with one word', () => {
    const quiet = { sev1: null, sev2: null, sev3: null, sev4: null };
    expect(read('nudges: off')).toEqual({ noOwner: null, quiet });
    expect(read('nudges: false')).toEqual({ noOwner: null, quiet });
  });

  it.each([
    ['nudges: {sev1: 1}', /nudges\.sev1 must be a number of minutes \(5 to 1440\)/],
    ['nudges: {sev1: soon}', /nudges\.sev1 must be a number of minutes/],
    ['nudges: 30', /nudges must be off, or a table/],
    ['nudges: {sev5: 30}', /sev5/],
  ])('as %s are a problem that says what to do', (yaml, problem) => {
    expect(() => read(yaml)).toThrow(problem);
  });
});
