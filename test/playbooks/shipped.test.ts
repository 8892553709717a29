import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { choosePlaybook } from '../../src/domain/playbook/choose-playbook.ts';
import type { Playbook } from '../../src/domain/playbook/playbook.ts';
import { loadPlaybooks } from '../../src/playbooks/load-playbooks.ts';
import { anAlarm } from '../domain/investigation/builders.ts';

const SHIPPED = ['access-denied', 'cost', 'downtime', 'generic', 'security', 'unreachable'];
const { playbooks, problems } = loadPlaybooks({ teamFolder: null });

const byId = (id: string) => playbooks.find((playbook) => playbook.id === id) as Playbook;
const chosen = (title: string, alarms: Parameters<typeof anAlarm>[1][] = []) =>
  choosePlaybook(
    { title, alarms: alarms.map((changes, index) => anAlarm(`alarm-${index}`, changes)) },
    playbooks,
  )?.playbook.id;

describe('the shipped playbooks', () => {
  it('are six, all of which pass, each in a file with its own name', () => {
    const folder = fileURLToPath(new URL('../../src/playbooks/shipped', import.meta.url));
    expect(problems).toEqual([]);
    expect(playbooks.map(({ id }) => id)).toEqual(SHIPPED);
    expect(readdirSync(folder).toSorted()).toEqual(SHIPPED.map((id) => `${id}.yaml`));
  });

  it('have something for each step, and more than the bot can do by itself', () => {
    const counts = playbooks.map(({ checks }) => ({
      own: checks.filter(({ kind }) => kind !== 'people').length,
      people: checks.filter(({ kind }) => kind === 'people').length,
    }));
    expect(counts.every(({ own, people }) => own >= 3 && people >= 1)).toBe(true);
  });

  it.each([
    'downtime',
    'unreachable',
    'generic',
  ])('%s has provider status checked early, with the address', (id) => {
    const { checks, links } = byId(id);

    expect(checks.some(({ text }) => text.includes('AWS Health Dashboard'))).toBe(true);
    expect(links.map(({ url }) => url)).toContain('https://health.aws.amazon.com/health/status');
  });

  it('say for each cause how to test it and what to do about it', () => {
    const missing = playbooks.flatMap(({ id, hypotheses, tests, solutions }) => {
      const tested = new Set(tests.flatMap(({ causes }) => causes));
      const solved = new Set(solutions.flatMap(({ causes }) => causes));
      return hypotheses
        .filter((row) => !tested.has(row.id) || !solved.has(row.id))
        .map((row) => `${id}: ${row.id}`);
    });
    // A false alarm needs no solution.
    expect(missing).toEqual(['security: false-alarm']);
  });

  it('tie most of their causes to changes or alarms, and check those changes in step 2', () => {
    const unchecked = playbooks.flatMap(({ id, checks, hypotheses }) => {
      const checked = new Set(checks.flatMap((row) => (row.kind === 'changes' ? row.classes : [])));
      return hypotheses
        .filter(({ classes }) => classes.length > 0 && !classes.some((name) => checked.has(name)))
        .map((row) => `${id}: ${row.id}`);
    });
    expect(unchecked).toEqual([]);
  });

  it('contain a breach first, with a risk and a way back each, and destroy no evidence', () => {
    const { solutions } = byId('security');
    const contain = solutions.findIndex(({ text }) => !text.startsWith('Contain first'));
    expect(contain).toBeGreaterThanOrEqual(5);
    expect(solutions[contain]?.text).toContain('Preserve evidence');
    expect(solutions.map(({ text }) => text).filter((text) => /\bdelete\b/i.test(text))).toEqual([
      'Contain first - deactivate the access key (do not delete it).',
    ]);
  });

  it.each([
    ['website down since 10:42', 'downtime'],
    ['checkout returns 5xx', 'downtime'],
    ['API is very slow for customers in Asia', 'downtime'],
    ['memory leak in checkout', 'generic'],
    ['access key of the deploy user leaked on GitHub', 'security'],
    ['suspicious login as root', 'security'],
    ['AWS bill doubled this week', 'cost'],
    ['budget exceeded for sandbox', 'cost'],
    ['cannot ssh to i-0abc: connection timed out', 'unreachable'],
    ['web server unreachable, port 443 refused', 'unreachable'],
    ['AccessDenied when the importer reads the bucket', 'access-denied'],
    ['users get 403 forbidden from the API', 'access-denied'],
    ['orders arrive twice', 'generic'],
    ["users can't reach checkout", 'downtime'],
    ['users couldn’t reach checkout', 'downtime'],
    ["checkout isn't working", 'downtime'],
    ["site won't load", 'downtime'],
    ['page doesn’t load', 'downtime'],
    ['API timing out', 'downtime'],
    ['checkout returns error', 'downtime'],
    ['checkout crashes', 'downtime'],
    ["we can't connect to i-0abc", 'unreachable'],
    ['website is not answering on 80 and 443', 'unreachable'],
    ['bucket made public', 'security'],
    ['MFA disabled for admin', 'security'],
    ['CloudTrail turned off', 'security'],
    ['root account login', 'security'],
    ['unexpected IAM user created', 'security'],
    ['IAM role of the importer changed', 'generic'],
  ])('for “%s” choose %s', (title, id) => {
    expect(chosen(title)).toBe(id);
  });

  it('keep to one instance whose website is down while its SSH times out, however many alarms ring', () => {
    const failing = { namespace: 'AWS/ApplicationELB', metric: 'HTTPCode_Target_5XX_Count' };
    expect(chosen('website down, ssh times out', [failing, failing, failing])).toBe('unreachable');
  });

  it.each([
    [{ namespace: 'AWS/ApplicationELB', metric: 'HTTPCode_Target_5XX_Count' }, 'downtime'],
    [{ namespace: 'AWS/Billing', metric: 'EstimatedCharges' }, 'cost'],
    [{ namespace: 'AWS/EC2', metric: 'StatusCheckFailed_Instance' }, 'unreachable'],
    [{ namespace: 'CloudTrailMetrics', metric: 'UnauthorizedAPICalls' }, 'access-denied'],
    [{ namespace: 'CloudTrailMetrics', metric: 'RootAccountUsage' }, 'security'],
  ])('by the alarm %o alone choose %s', (changes, id) => {
    expect(chosen('something is odd', [changes])).toBe(id);
  });
});
