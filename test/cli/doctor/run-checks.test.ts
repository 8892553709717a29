import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Check, ok } from '../../../src/cli/doctor/check.ts';
import { clockChecks } from '../../../src/cli/doctor/clock-checks.ts';
import { doctorText, isWell } from '../../../src/cli/doctor/doctor-table.ts';
import { runChecks } from '../../../src/cli/doctor/run-checks.ts';
import { versionChecks } from '../../../src/cli/doctor/version-checks.ts';
import { startWorkspace } from '../../../src/simulator/workspace/start-workspace.ts';
import { MANIFEST } from '../../../src/slack/manifest.ts';

const check = (name: string, run: Check['run'], timeMaxMs?: number): Check => ({
  area: 'Store',
  name,
  run,
  ...(timeMaxMs !== undefined && { timeMaxMs }),
});

describe('the checks', () => {
  it('keep their order, whichever ends first', async () => {
    const pauses = [30, 1, 15];
    const rows = await runChecks(
      pauses.map((ms) =>
        check(`${ms}`, async () => {
          await delay(ms);
          return ok('');
        }),
      ),
    );
    expect(rows.map(({ name }) => name)).toEqual(['30', '1', '15']);
  });

  it('run a few at a time', async () => {
    let running = 0;
    let most = 0;
    const one = async () => {
      running += 1;
      most = Math.max(most, running);
      await delay(2);
      running -= 1;
      return ok('');
    };
    const checks = Array.from({ length: 20 }, (_, index) => check(`${index}`, one));
    await runChecks(checks, { atOnceMax: 3, timeMaxMs: 5_000 });
    expect(most).toBe(3);
  });

  it('end as failed where one throws, hangs or hears nothing, and the others go on', async () => {
    const rows = await runChecks([
      check('throws', async () => {
        throw new Error('no\nsuch host');
      }),
      check('hangs', () => new Promise(() => undefined), 20),
      check('works', async () => ok('fine')),
    ]);
    expect(rows.map(({ verdict, found }) => [verdict, found])).toEqual([
      ['failed', 'no such host'],
      ['failed', 'no answer within 0.02 s'],
      ['ok', 'fine'],
    ]);
    expect(isWell(rows)).toBe(false);
  });

  it('say in one line what is alike in one place', async () => {
    const names = ['a:One', 'a:Two', 'a:Three'];
    const rows = await runChecks(
      names.map((name) => ({
        ...check(name, async () => ok('works')),
        place: 'prod in eu-west-1',
      })),
    );
    const text = doctorText(rows);
    expect(text).toContain('prod in eu-west-1: 3 permissions');
    expect(text).not.toContain('a:Two');
    expect(text).toContain('3 checks: 3 ok.');
  });

  it('show what could steer a terminal instead of doing it', async () => {
    const rows = await runChecks([check('name', async () => ok('\u001b[31mred\u202e'))]);
    expect(doctorText(rows)).toContain('\\u{1b}[31mred\\u{202e}');
  });
});

describe('the clock', () => {
  const off = async (aheadMs: number) => {
    const workspace = await startWorkspace({ manifest: MANIFEST });
    const clocks = [{ name: 'Slack', url: `${workspace.apiUrl}api.test` }];
    const [row] = await runChecks(clockChecks(clocks, () => Date.now() + aheadMs));
    await workspace.close();
    return row;
  };

  it.each([
    [0, 'ok', /^within/],
    [30_000, 'warning', /ahead$/],
    [-600_000, 'failed', /behind$/],
  ] as const)('that is %d ms off is %s', async (aheadMs, verdict, found) => {
    expect(await off(aheadMs)).toMatchObject({ verdict, found: expect.stringMatching(found) });
  });

  it('of somebody who does not answer is not known', async () => {
    const [row] = await runChecks(
      clockChecks([{ name: 'AWS', url: 'http://127.0.0.1:1/' }], Date.now),
    );
    expect(row?.verdict).toBe('not-checked');
  });
});

describe('the version of Node.js', () => {
  it.each([
    ['22.11.0', 'failed'],
    ['24.0.0', 'ok'],
    ['26.1.0', 'ok'],
  ])('%s is %s', async (running, verdict) => {
    const rows = await runChecks(versionChecks(running));
    expect(rows.at(-1)?.verdict).toBe(verdict);
  });
});
