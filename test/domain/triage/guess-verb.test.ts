import { describe, expect, it } from 'vitest';
import { parseTriage } from '../../../src/domain/triage/parse-triage.ts';

const when = {
  timeZone: 'Europe/Berlin',
  nowMs: Date.parse('2026-03-10T12:00:00Z'),
  meaning: 'past',
} as const;

const parse = (text: string) => parseTriage(text, when);

describe('a line that names no verb as it is', () => {
  it.each([
    ['stauts', 'status'],
    ['resolve', 'close'],
    ['fnid RT-7K3F9', 'find RT-7K3F9'],
    ['reopne RT-7K3F9 it is back', 'reopen RT-7K3F9 it is back'],
    ['handof <@U012AB3CD>', 'handoff <@U012AB3CD>'],
    ...Object.entries({
      ...{ abort: 'close', assign: 'handoff', claim: 'take', done: 'close', end: 'close' },
      ...{ incidents: 'list', ls: 'list', own: 'take', search: 'find', show: 'status' },
      ...{ summary: 'status', Resolve: 'close' },
    }),
    ['show RT-7K3F9', 'status RT-7K3F9'],
    ['stauts RT-7K3F9  ', 'status RT-7K3F9'],
  ])('suggests something for `%s` instead of opening a session', (line, suggestion) => {
    expect(parse(line)).toHaveProperty('suggestion', suggestion);
  });

  it('opens nothing for a single word that it does not know', () => {
    expect(parse('outage')).toHaveProperty(
      'sentence',
      "Don't know `outage`. To open an incident, say in a few words what is wrong.",
    );
    expect(parse('Stauts')).toMatchObject({
      sentence: "Don't know `stauts`: did you mean `status`?",
      start: 0,
      end: 6,
    });
  });

  it.each([
    ['catchup', 'status'],
    ['catch up', 'status'],
    ['Catch me up!', 'status'],
    ['catch up RT-7K3F9', 'status RT-7K3F9'],
    ['RT-7K3F9', 'status RT-7K3F9'],
    ['assign <@U0>', 'handoff <@U0>'],
    ['hand off <@U0> now', 'handoff <@U0> now'],
    ['hand over to <@U0>', 'handoff <@U0>'],
    ['handover RT-7K3F9 <@U0>', 'handoff RT-7K3F9 <@U0>'],
    ['sev1', 'severity sev1'],
    ['SEV 3', 'severity sev3'],
    ['not an incident', 'close Not an incident'],
    ['Not an incident: a load test', 'close Not an incident: a load test'],
    ['not an incident RT-7K3F9', 'close RT-7K3F9 Not an incident'],
  ])('takes `%s` for `%s`', (typed, line) => {
    expect(parse(typed)).toEqual(parse(line));
  });

  it.each([
    ['search checkout 5xx', 'find checkout 5xx', '"search checkout 5xx"'],
    [
      'search orders down sev2 since 3h',
      'find orders down sev2 since 3h',
      '"search orders down" sev2 since 3h',
    ],
    ['resolve false alarm', 'close false alarm', '"resolve false alarm"'],
    ['done with “the” deploy', 'close with “the” deploy', '"done with the deploy"'],
    ['clsoe false alarm', 'close false alarm', '"clsoe false alarm"'],
    ['ntoe it is back', 'note it is back', '"ntoe it is back"'],
    ['escalat dba: replication', 'escalate dba: replication', '"escalat dba: replication"'],
    ['assign somebody to orders', 'handoff @person', '"assign somebody to orders"'],
    ['close to the limit', 'close "to the limit"', '"close to the limit"'],
    ['title is missing', 'title "is missing"', '"title is missing"'],
    ['RT-7K3F9 close all well', 'close RT-7K3F9 all well', '"RT-7K3F9 close all well"'],
    ['RT-7K3F9 is back', 'note RT-7K3F9 is back', '"RT-7K3F9 is back"'],
  ])('asks about `%s` instead of opening or closing anything', (line, suggestion, title) => {
    expect(parse(line)).toMatchObject({ suggestion, title });
    expect(parse(suggestion.replace('@person', '<@U0>')).kind).not.toBe('error');
    expect(parse(title).kind).toBe('open');
  });

  it.each([
    ['list of orders', '"list of orders"'],
    ['list endpoint 500 region:eu-west-1', '"list endpoint 500" region:eu-west-1'],
    ['list of "orders" ', '"list of orders"'],
    ['mine is broken', '"mine is broken"'],
    ['status of orders', '"status of orders"'],
    ['status RT-7K3F9 now', '"status RT-7K3F9 now"'],
    ['status xRT-7K3F9-', '"status xRT-7K3F9-"'],
    ['take over fails', '"take over fails"'],
    ['severity of alarms is lost', '"severity of alarms is lost"'],
    ['thanks for the help', '"thanks for the help"'],
    ['thanks', null],
  ])('says how `%s` becomes a title', (line, title) => {
    expect(parse(line)).toMatchObject({ suggestion: null, title });
  });

  it.each([
    'node i-0abc is down',
    'not reachable from eu-west-1',
    'lose packets to the gateway',
    'closed connections pile up',
    'show page is empty',
    'end users cannot log in',
    'catch up queue grows',
    'hand over of leases fails',
    'not an incidental failure',
    'stauts page is down',
    'sev1 checkout is down',
    'search is slow',
    'done are no jobs since midnight',
    'expert mode fails',
  ])('opens an incident for `%s`', (line) => {
    expect(parse(line).kind).toBe('open');
  });
});
