import { describe, expect, test } from 'vitest';
import { ESCALATION_LIMITS, escalationText } from '../../../src/domain/incident/escalation-text.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { EVERY_EVIDENCE } from '../../store/support/every-evidence.ts';
import { aTrailRecord } from '../../support/full-incident.ts';
import {
  ana,
  bot,
  commands,
  eventsUpTo,
  openCommand,
  play,
  stateOf,
} from '../../support/incident-builders.ts';
import { aRankedCause, aRanking } from '../../support/ranking-builders.ts';

const change = aTrailRecord({
  eventId: 'e1',
  eventName: 'RevokeSecurityGroupIngress',
  eventSource: 'ec2.amazonaws.com',
  accountId: '111122223333',
  resources: [{ type: null, name: untrusted('sg-0abc') }],
});

const searched = play(
  [
    [{ type: 'record-evidence', evidence: { ...EVERY_EVIDENCE.changes, records: [change] } }, bot],
    [{ type: 'rank-causes', ranking: aRanking({ causes: [aRankedCause()] }) }, bot],
    [
      {
        type: 'conclude-test',
        hypothesisId: 'cause-e1',
        verdict: 'inconclusive',
        finding: 'Not sure.',
      },
      ana,
    ],
    [commands.propose, ana],
    [commands.startTest, ana],
    [{ ...commands.confirm, verdict: 'eliminated', finding: 'The rules are the same.' }, ana],
  ],
  eventsUpTo('isolate'),
);

describe('the text for an escalation', () => {
  test('tells AWS Support the service, place, start, resources, calls and what was tried', () => {
    const text = escalationText(stateOf(searched), 'aws-support');

    for (const line of [
      'Problem: Checkout answers 503 for one request in three.',
      'Started: 2026-03-08 10:42:00 UTC',
      'Service: ec2.amazonaws.com',
      'Account: 111122223333',
      'Resources: sg-0abc',
      'RevokeSecurityGroupIngress on sg-0abc',
      'event e1',
      'The security group no longer lets port 443 in. → eliminated: The rules are the same.',
    ]) {
      expect(text).toContain(line);
    }
  });

  test('names no person to AWS Support, and tells a colleague where it stands', () => {
    const [outside, inside] = (['aws-support', 'colleague'] as const).map((audience) =>
      escalationText(stateOf(searched), audience),
    );

    expect(outside).toContain('→ inconclusive: Not sure.');
    expect(outside).not.toMatch(/ana@|UANA/);
    expect(outside).not.toContain('Most likely so far');
    expect(inside).toContain('Most likely so far: ana@example.com revoked');
    expect(inside).toContain('Where it stands: ');
  });

  test('says what is known at the very beginning, and leaves out what is not', () => {
    const text = escalationText(
      stateOf(play([[openCommand({ startedAtMs: null }), ana]])),
      'aws-support',
    );

    expect(text).toBe('Problem: Checkout returns 5xx\nStarted: not known\nRegion: eu-west-1');
  });

  test.each([
    'aws-support',
    'colleague',
  ] as const)('begins with being a drill, to %s', (audience) => {
    const drill = stateOf(play([[openCommand({ isDrill: true }), ana]]));

    expect(escalationText(drill, audience)).toMatch(/^A DRILL: this is practice/);
  });

  test('is cut between words', () => {
    const stated = { ...commands.state, symptoms: 'quarterly '.repeat(50) };
    const state = stateOf(play([[stated, ana]], eventsUpTo('open')));

    expect(escalationText(state, 'colleague')).toMatch(/^Problem: (?:quarterly )+quarterly…$/m);
  });

  test('keeps to its length and shows what hides, whatever the names are', () => {
    const long = `${'x'.repeat(400)}\u202e\nSubject: another`;
    const resources = Array.from({ length: 40 }, (_, n) => `${n}${long}`);
    const state = stateOf(play([[openCommand({ resources, alarmNames: resources }), ana]]));

    const text = escalationText(state, 'colleague');
    expect(text.length).toBeLessThanOrEqual(ESCALATION_LIMITS.textCharactersMax);
    expect(text).not.toContain('\u202e');
    expect(text).not.toMatch(/^Subject:/m);
    expect(text).toContain('and 32 more');
  });
});
