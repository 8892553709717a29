import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../src/domain/incident/limits.ts';
import { parseTriage } from '../../../src/domain/triage/parse-triage.ts';
import type { OpenFacts, TriageError } from '../../../src/domain/triage/triage-command.ts';

const when = {
  timeZone: 'Europe/Berlin',
  nowMs: Date.parse('2026-03-10T12:00:00Z'),
  meaning: 'past',
} as const;

const parse = (text: string) => parseTriage(text, when);

function opened(text: string): OpenFacts {
  const command = parse(text);
  expect(command).toMatchObject({ kind: 'open' });
  return (command as { facts: OpenFacts }).facts;
}

function refused(text: string): TriageError {
  const command = parse(text);
  expect(command).toMatchObject({ kind: 'error' });
  return command as TriageError;
}

describe('opening a session with one line', () => {
  it('takes the facts out and leaves the title', () => {
    const line =
      'checkout returns 5xx since 10:42 sev2 alarm:checkout-5xx resource:i-0abc ' +
      'region:eu-west-1 account:111122223333';
    expect(opened(line)).toEqual({
      title: 'checkout returns 5xx',
      description: null,
      severity: 'sev2',
      startedAtMs: Date.parse('2026-03-10T09:42:00Z'),
      alarmNames: ['checkout-5xx'],
      resources: ['i-0abc'],
      regions: ['eu-west-1'],
      accounts: ['111122223333'],
      playbookId: null,
      isDrill: false,
    });
  });

  it('takes the name of a playbook as typed, in small letters, and asks for one that is missing', () => {
    expect(opened('bill jumps playbook:Cost')).toMatchObject({
      title: 'bill jumps',
      playbookId: 'cost',
    });
    expect(refused('bill jumps playbook:').sentence).toContain('needs a value');
    expect(refused('bill jumps playbok:cost').sentence).toContain('playbook:');
  });

  it('opens a drill by its first word, with all facts, unless it is quoted', () => {
    expect(opened('drill checkout returns 5xx sev1')).toMatchObject({
      title: 'checkout returns 5xx',
      severity: 'sev1',
      isDrill: true,
    });
    expect(opened('"drill press is down"')).toMatchObject({
      title: 'drill press is down',
      isDrill: false,
    });
    expect(opened('checkout drill').isDrill).toBe(false);
    expect(refused('drill').sentence).toContain('what to practise');
    expect(refused('drill sev9').sentence).toContain('severity');
  });

  it('knows nothing that was not said', () => {
    expect(opened('checkout is slow')).toMatchObject({ severity: null, startedAtMs: null });
  });

  it.each([
    ['alarm:"checkout 5xx" down alarm:b', ['checkout 5xx', 'b']],
    ['down alarm:a alarm:a', ['a']],
  ])('reads the alarms of `%s`', (line, alarmNames) => {
    expect(opened(line).alarmNames).toEqual(alarmNames);
  });

  it.each([
    'sev1 db down',
    'db down SEV-1',
    'db down sev:1',
    'db down severity:sev1',
  ])('reads the severity of `%s`', (line) => {
    expect(opened(line).severity).toBe('sev1');
  });

  it.each([
    'errors since the deploy',
    'lost connections to the database',
    'clone of orders fails',
    'error: cannot reach checkout',
    'what is wrong with checkout',
  ])('takes `%s` whole for a title', (title) => {
    expect(opened(title).title).toBe(title);
  });

  it('takes a title that begins like a verb when it is quoted', () => {
    expect(opened('"list of orders is empty" sev3').title).toBe('list of orders is empty');
  });

  it('makes a title of the alarm when nothing else was said', () => {
    expect(opened('sev1 alarm:checkout-5xx').title).toBe('Alarm checkout-5xx');
  });

  it('cuts a long title and loses nothing of it', () => {
    const text = 'checkout is slow and '.repeat(20).trim();
    const facts = opened(text);
    expect(facts.title.length).toBeLessThanOrEqual(LIMITS.titleCharactersMax);
    expect(facts.description).toBe(text);
  });

  it.each([
    ['down since 25:99', 'no such time'],
    ['down since 2026-03-11', 'has not come yet'],
    ['down since:teatime', 'not a time'],
    ['down sev9', 'sev1, sev2, sev3, sev4'],
    ['down account:42', '12 digits'],
    ['down alarm:', 'needs a value'],
    ['alrm:x is down', 'did you mean `alarm:`'],
    ['"down', 'never closed'],
    ['sev2 since 3h', 'Say in a few words'],
    ['x '.repeat(1501), 'longer than 3000'],
  ])('says what is wrong with `%s`', (line, part) => {
    expect(refused(line).sentence).toContain(part);
  });

  it('takes an account by its name, and tells the names when it is none of them', () => {
    const accounts = new Map([['prod', '111122223333']]);
    const named = (line: string) => parseTriage(line, { ...when, accounts });
    expect(named('down account:Prod')).toMatchObject({ facts: { accounts: ['111122223333'] } });
    expect(named('down account:stage')).toMatchObject({
      sentence: 'An account has 12 digits, or a name: prod.',
    });
  });

  it('shows the menu to whoever asks for it, and opens nothing', () => {
    expect(['', 'menu', ' Menu '].map((line) => parse(line).kind)).toEqual([
      'menu',
      'menu',
      'menu',
    ]);
    expect(opened('menu does not load').title).toBe('menu does not load');
  });

  it('points at the time that is wrong', () => {
    expect(refused('down since 25:99')).toMatchObject({ start: 11, end: 16 });
  });
});

const handoff = (userId: string, words: string | null = null) =>
  ({ kind: 'handoff', incidentId: null, userId, words }) as const;

describe('the verbs', () => {
  it.each([
    ['', { kind: 'menu' }],
    ['  ', { kind: 'menu' }],
    ['?', { kind: 'help' }],
    ['HELP', { kind: 'help' }],
    ['list', { kind: 'list' }],
    ['mine', { kind: 'mine' }],
    ['take', { kind: 'take', incidentId: null }],
    ['take rt-7k3f9', { kind: 'take', incidentId: 'RT-7K3F9' }],
    ['status', { kind: 'status', incidentId: null }],
    ['status rt-7k3f9', { kind: 'status', incidentId: 'RT-7K3F9' }],
    ['export RT-7K3F9', { kind: 'export', incidentId: 'RT-7K3F9' }],
    ['handoff <@U012AB3CD|ana>', handoff('U012AB3CD')],
    ['handoff to <@U012AB3CD>', handoff('U012AB3CD')],
    ['handoff <@U0> look at  orders', handoff('U0', 'look at  orders')],
    ['handoff RT-7K3F9 to <@U0> go', { ...handoff('U0', 'go'), incidentId: 'RT-7K3F9' }],
    ['move', { kind: 'relocate', incidentId: null, channelId: null }],
    ['move to <#C012AB3CD>', { kind: 'relocate', incidentId: null, channelId: 'C012AB3CD' }],
    ['move RT-7K3F9 <#C0|war>', { kind: 'relocate', incidentId: 'RT-7K3F9', channelId: 'C0' }],
    ['note it is  back', { kind: 'note', incidentId: null, text: 'it is  back' }],
    ['note RT-7K3F9 back', { kind: 'note', incidentId: 'RT-7K3F9', text: 'back' }],
    ['severity', { kind: 'severity', incidentId: null, severity: null }],
    ['severity RT-7K3F9 SEV-2', { kind: 'severity', incidentId: 'RT-7K3F9', severity: 'sev2' }],
    ['title Orders are slow', { kind: 'title', incidentId: null, title: 'Orders are slow' }],
    ['title RT-7K3F9 "is it DNS"', { kind: 'title', incidentId: 'RT-7K3F9', title: 'is it DNS' }],
    ['reopen it is back', { kind: 'reopen', incidentId: null, reason: 'it is back' }],
    ['close', { kind: 'close', incidentId: null, reason: null }],
    ['close all is well', { kind: 'close', incidentId: null, reason: 'all is well' }],
    ['close RT-7K3F9 done', { kind: 'close', incidentId: 'RT-7K3F9', reason: 'done' }],
    ['escalate', { kind: 'escalate', incidentId: null, to: null, reason: null }],
    ['escalate dba', { kind: 'escalate', incidentId: null, to: 'dba', reason: null }],
    [
      'escalate dba team: replication: broken',
      { kind: 'escalate', incidentId: null, to: 'dba team', reason: 'replication: broken' },
    ],
    [
      'reopen RT-7K3F9 it is back',
      { kind: 'reopen', incidentId: 'RT-7K3F9', reason: 'it is back' },
    ],
    ['find checkout "5xx"', { kind: 'find', words: 'checkout "5xx"' }],
    ['who stopped i-0abc', { kind: 'trail', question: 'who stopped i-0abc' }],
    ['what changed since 3h', { kind: 'trail', question: 'what changed since 3h' }],
    ['event:RunInstances since 7d', { kind: 'trail', question: 'event:RunInstances since 7d' }],
    ['-user:ci error:AccessDenied', { kind: 'trail', question: '-user:ci error:AccessDenied' }],
    ['trail user:ana', { kind: 'trail', question: 'user:ana' }],
    ['/TRAIL  user:ana ', { kind: 'trail', question: 'user:ana' }],
    ['  What happened today ', { kind: 'trail', question: 'What happened today' }],
    ['what did ana do', { kind: 'trail', question: 'what did ana do' }],
    ['export', { kind: 'export', incidentId: null }],
    ['TAKE', { kind: 'take', incidentId: null }],
    ['redact', { kind: 'redact', incidentId: null }],
    ['redact rt-7k3f9', { kind: 'redact', incidentId: 'RT-7K3F9' }],
    ['status inc-2026', { kind: 'status', incidentId: 'INC-2026' }],
    ['handoff TO <@W012AB3CD>', handoff('W012AB3CD')],
    ['move To <#G012|war-room>', { kind: 'relocate', incidentId: null, channelId: 'G012' }],
    ['close on-call was told', { kind: 'close', incidentId: null, reason: 'on-call was told' }],
    ['close "RT-7K3F9" x', { kind: 'close', incidentId: null, reason: '"RT-7K3F9" x' }],
    ['escalate RT-7K3F9', { kind: 'escalate', incidentId: 'RT-7K3F9', to: null, reason: null }],
    ['escalate :  down', { kind: 'escalate', incidentId: null, to: null, reason: 'down' }],
    ['escalate dba : ', { kind: 'escalate', incidentId: null, to: 'dba', reason: null }],
    [
      'escalate dba: one\ntwo',
      { kind: 'escalate', incidentId: null, to: 'dba', reason: 'one\ntwo' },
    ],
  ])('reads `%s`', (line, command) => {
    expect(parse(line)).toEqual(command);
  });

  it.each([
    'error:500 checkout',
    'event: launch party',
    'user:ana cannot log in',
  ])('takes for a title what only begins like a question: `%s`', (line) => {
    expect(parse(line)).toMatchObject({ kind: 'open', facts: { title: line } });
  });

  it('takes what only looks like a verb for a title', () => {
    expect(opened('"status"').title).toBe('status');
    expect(opened('"stauts"').title).toBe('stauts');
    expect(opened('"who" broke it').title).toBe('who broke it');
    expect(opened('stauts page is down').title).toBe('stauts page is down');
    expect(opened('outage <@U012AB3CD> says').title).toContain('outage');
    expect(opened('err0r').title).toBe('err0r');
    expect(opened('constructor fails').title).toBe('constructor fails');
    expect(opened('what a day').title).toBe('what a day');
  });

  it.each([
    'reopen',
    'reopen RT-7K3F9',
    'title',
    'handoff',
    'handoff @ana',
    'note',
  ])('says what is missing in `%s`', (line) => {
    expect(refused(line).sentence).toMatch(/^Say/);
  });

  it('never throws, keeps titles within their limit and points into the line', () => {
    const piece = fc.constantFrom(
      'close ',
      'reopen ',
      'RT-7K3F9 ',
      'since ',
      '3h ',
      'sev2 ',
      '"',
      'alarm:',
      '<@U1> ',
      ': ',
      'x',
      'constructor ',
      '__proto__:y ',
      '🧵',
      ' ',
    );
    const lines = fc.oneof(
      fc.string(),
      fc.array(piece).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(lines, (line) => {
        const command = parse(line);
        const { start, end } = command.kind === 'error' ? command : { start: 0, end: 0 };
        const title = command.kind === 'open' ? command.facts.title : '';
        expect(0 <= start && start <= end && end <= line.length).toBe(true);
        expect(title.length).toBeLessThanOrEqual(LIMITS.titleCharactersMax);
      }),
      { numRuns: 500 },
    );
  });
});
