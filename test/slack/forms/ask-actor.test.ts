import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Standing } from '../../../src/domain/access/decide-access.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import type { Call } from '../../../src/flows/read-call.ts';
import type { Account } from '../../../src/ports.ts';
import { buildCommentForm, parseCommentForm } from '../../../src/slack/forms/actor-comment.ts';
import {
  askedBeforeView,
  buildAskForm,
  buildWaiting,
  decodeAskPlace,
  encodeAskPlace,
  type Match,
  parseAskForm,
  warnAgain,
} from '../../../src/slack/forms/ask-actor.ts';
import { aCoverage } from '../../support/full-incident.ts';
import { checkView } from '../../support/slack/check-blocks.ts';
import { anAnswer, anOpenInquiry, aStatement } from '../../support/statement-builders.ts';
import { aRecord } from '../../support/trail-record.ts';
import { hostileStatement, hostileText, trailRecord } from '../blocks/hostile.ts';

const PLACE = { eventId: 'e-1', incidentId: 'RT-7K3F9', channelId: 'C1', warnedId: null };

function anAccount(standing: Standing = 'member'): Account {
  return { userId: 'UBEN', name: 'Ben Okafor', timeZone: 'UTC', standing };
}

function aCall(record = aRecord()): Call {
  return { who: record.principal, record, coverage: aCoverage() };
}

const found = (standing?: Standing): Match => ({
  email: 'ben@example.com',
  found: { kind: 'found', account: anAccount(standing) },
});
const formFor = (match: Match | null, incidentId: string | null = 'RT-7K3F9') =>
  buildAskForm({ place: { ...PLACE, incidentId }, call: aCall(), match, earlier: null });
const words = (view: object): string => JSON.stringify(view);

describe('the form that asks the person behind a call', () => {
  it('has the person found by e-mail chosen, for the asker to confirm', () => {
    const view = formFor(found());
    expect(words(view)).toContain('"initial_user":"UBEN"');
    expect(words(view)).toContain('Check that this is whom you mean');
    expect(words(view)).toContain('stay on the record');
    expect(words(formFor(found(), null))).toContain('Only you are told the answer');
  });

  it.each([
    ['guest', 'is a guest here', true],
    ['stranger', 'belongs to another organisation', true],
    ['bot', 'is an app', false],
    ['deactivated', 'deactivated account', false],
  ] as const)('warns of a %s', (standing, warning, isChosen) => {
    const view = words(formFor(found(standing)));
    expect(view).toContain(warning);
    expect(view.includes('initial_user')).toBe(isChosen);
  });

  it.each([
    [null, 'AWS recorded no e-mail address'],
    [{ email: 'x@example.com', found: { kind: 'nobody' } }, 'Nobody in this workspace has'],
    [
      { email: 'x@example.com', found: { kind: 'unknown', sentence: 'Slack is away.' } },
      'Slack is away. Choose who it was',
    ],
  ] as const)('chooses nobody by itself without a match', (match, sentence) => {
    const view = words(formFor(match));
    expect(view).not.toContain('initial_user');
    expect(view).toContain(sentence);
  });

  it('asks for a person and a question', () => {
    const values = { person: { value: null }, question: { value: ' ' } };
    expect(parseAskForm(values)).toEqual({
      kind: 'errors',
      errors: { person: 'Choose whom to ask.', question: 'The question is missing.' },
    });
    const filled = { person: { value: 'UBEN' }, question: { value: 'You?' } };
    expect(parseAskForm(filled)).toEqual({ kind: 'asked', personId: 'UBEN', question: 'You?' });
  });

  it('remembers where it was opened, and takes nothing it cannot have written', () => {
    for (const place of [PLACE, { ...PLACE, incidentId: null, warnedId: 'UBEN' }]) {
      expect(decodeAskPlace(encodeAskPlace(place))).toEqual(place);
    }
    for (const text of ['', 'RT-1|e-1', 'RT-1|e-1|<!channel>|', '|||', 'a|b|c|d|e']) {
      expect(decodeAskPlace(text)).toBeNull();
    }
    fc.assert(fc.property(hostileText, (text) => void decodeAskPlace(text)));
  });
});

it('takes a comment, and keeps what was written before', () => {
  const answer = anAnswer({ comment: 'a drill' });
  expect(words(buildCommentForm(anOpenInquiry({ statement: aStatement({ answer }) })))).toContain(
    '"initial_value":"a drill"',
  );
  expect(parseCommentForm({ comment: { value: '' } })).toMatchObject({ kind: 'errors' });
  expect(parseCommentForm({ comment: { value: 'x' } })).toEqual({ kind: 'comment', comment: 'x' });
});

it('gives views that Slack takes, whatever the call and the people say', () => {
  fc.assert(
    fc.property(
      trailRecord,
      hostileStatement,
      hostileText,
      fc.constantFrom<Standing>('member', 'guest', 'stranger', 'bot', 'deactivated'),
      (record, statement, text, standing) => {
        const account = { ...anAccount(standing), name: text };
        const inquiry = anOpenInquiry({ statement, personId: statement.personId });
        const call = aCall(record);
        const named = { ...call, who: { ...call.who, label: untrusted(text) } };
        const match = { email: text, found: { kind: 'found', account } } as const;
        const views = [
          buildWaiting(),
          buildAskForm({ place: PLACE, call: named, match, earlier: inquiry }),
          warnAgain({ place: PLACE, account, question: text }),
          askedBeforeView(inquiry, true),
          buildCommentForm(inquiry),
        ];
        expect(views.flatMap(checkView)).toEqual([]);
      },
    ),
  );
});
