import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Statement } from '../../../src/domain/incident/evidence.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { actorChoice } from '../../../src/slack/blocks/actor-choices.ts';
import {
  askedBeforeParts,
  renderActorQuestion,
  renderAnswerFor,
  renderOverdue,
} from '../../../src/slack/blocks/actor-question.ts';
import { toConservative } from '../../../src/slack/blocks/conservative.ts';
import { renderEvidence } from '../../../src/slack/blocks/evidence-card.ts';
import { fitMessage } from '../../../src/slack/blocks/fit-message.ts';
import type { MessageContent } from '../../../src/slack/blocks/message.ts';
import { line, richText } from '../../../src/slack/blocks/text.ts';
import { eventsUpTo, stateOf } from '../../support/incident-builders.ts';
import { anAnswer, anAsker, anOpenInquiry, aStatement } from '../../support/statement-builders.ts';
import { aPrincipal, aRecord } from '../../support/trail-record.ts';
import { hostileStatement, hostileText, trailRecord } from './hostile.ts';
import { refusals } from './refusals.ts';

const state = stateOf(eventsUpTo('open'));
const words = (content: MessageContent): string => JSON.stringify(toConservative(content).blocks);
const actionIds = ({ blocks }: MessageContent): readonly string[] =>
  blocks.flatMap((block) =>
    block.type === 'actions' ? block.elements.map(({ action_id }) => action_id ?? '') : [],
  );
const ofCarla = (id: string, label = id) =>
  aRecord({ eventId: id, accessKeyId: id, principal: aPrincipal({ label: untrusted(label) }) });

describe('the message to the person', () => {
  const content = renderActorQuestion(anOpenInquiry(), aStatement(), false);

  it('says who asks, for which incident, about what, and has every answer as a button', () => {
    expect(words(content)).toMatch(/<@UANA>.*RT-7K3F9.*ben@example\.com.*Was this you/);
    expect(actionIds(content)).toEqual([
      'tap:answer-planned',
      'tap:answer-mistake',
      'tap:answer-not-me',
      'tap:answer-comment',
    ]);
  });

  it('names the channel of the question, but no direct conversation', () => {
    expect(JSON.stringify(content.blocks)).toContain('"channel_id":"C1"');
    const direct = anOpenInquiry({ askers: [anAsker({ channelId: 'D1', incidentId: null })] });
    expect(JSON.stringify(renderActorQuestion(direct, aStatement(), false).blocks)).not.toContain(
      'D1',
    );
  });

  it('says that it is a drill, on the lock screen too', () => {
    const practice = renderActorQuestion(anOpenInquiry(), aStatement(), true);
    expect([practice.text, words(practice)]).toEqual([
      expect.stringContaining('DRILL'),
      expect.stringContaining('DRILL: practice, not a real incident'),
    ]);
    expect(JSON.stringify(content)).not.toContain('DRILL');
  });

  it('shows what was answered and that it can be changed', () => {
    const answer = anAnswer({ verdict: 'mistake', comment: 'wrong window' });
    const answered = words(renderActorQuestion(anOpenInquiry(), aStatement({ answer }), false));
    expect(answered).toMatch(/Your answer: .*Yes, by mistake.*wrong window.*still change it/);
  });
});

describe('the card of a statement', () => {
  const cardOf = (statement: Statement) => words(renderEvidence(state, statement, null));

  it('says that nobody has answered yet', () => {
    expect(cardOf(aStatement())).toMatch(/Asked.*<@UBEN>, no answer yet/);
  });

  it.each([
    ['planned', /Yes, planned/, false],
    ['mistake', /Yes, by mistake/, false],
    ['not-me', /Not me/, true],
  ] as const)('tells %s as what somebody said', (verdict, said, isSign) => {
    const card = cardOf(aStatement({ answer: anAnswer({ verdict }) }));
    expect(card).toMatch(said);
    expect(card).toContain('This is what they say, not proof.');
    expect(card.includes('breach playbook')).toBe(isSign);
  });
});

describe('whom to ask about a card', () => {
  const machine = aRecord({ principal: aPrincipal({ kind: 'automation' }) });

  it('is nobody where only machines did something', () => {
    expect(actorChoice('RT-1', [machine])).toBeNull();
    expect(actorChoice('RT-1', [])).toBeNull();
  });

  it('is a button for one, and a menu for several, with ids only', () => {
    expect(actorChoice('RT-1', [machine, ofCarla('e-1')])).toMatchObject({
      type: 'button',
      action_id: 'tap:ask-actor',
      value: 'RT-1|e-1',
    });
    const menu = actorChoice('RT-1', [ofCarla('e-1', 'carla@example.com'), ofCarla('e-2')]);
    expect(menu).toMatchObject({
      type: 'static_select',
      options: [
        { text: { text: 'carla@example.com stopped i-0abc' }, value: 'ask-actor|RT-1|e-1' },
        { value: 'ask-actor|RT-1|e-2' },
      ],
    });
  });

  it('shows what a caller named itself on one line, with nothing hidden in it', () => {
    const menu = actorChoice('RT-1', [ofCarla('e-1', 'a\nb\u200dc\u202ed'), ofCarla('e-2')]);
    expect(menu).toMatchObject({
      options: [{ text: { text: 'a b\\u{200d}c\\u{202e}d stopped i-0abc' } }, {}],
    });
  });

  it('leaves out calls whose id does not fit into a button', () => {
    expect(actorChoice('RT-1', [ofCarla('<!channel>'), ofCarla('x'.repeat(81))])).toBeNull();
  });
});

/** Slack shows a channel's name to those who may see it only, and this id is the asker's own. */
const withoutChannel = (problems: readonly string[]) =>
  problems.filter((problem) => problem !== 'a channel element');

it('is never refused by Slack and pings nobody, whatever the call and the people say', () => {
  const asker = fc.record({
    userId: hostileText,
    incidentId: fc.option(fc.constant('RT-7K3F9'), { nil: null }),
    channelId: hostileText,
    askedAtMs: fc.constant(0),
    toldAnswerAtMs: fc.constant(null),
  });
  fc.assert(
    fc.property(
      hostileStatement,
      fc.array(asker, { maxLength: 2 }),
      fc.array(trailRecord, { maxLength: 20 }),
      (statement, askers, records) => {
        const { personId } = statement;
        const inquiry = anOpenInquiry({ personId, askers, statement });
        const choice = actorChoice('RT-7K3F9', records);
        const blocks = [
          richText(line(...askedBeforeParts(inquiry))),
          ...(choice === null ? [] : [{ type: 'actions' as const, elements: [choice] }]),
        ];
        expect(withoutChannel(refusals(renderActorQuestion(inquiry, statement, false)))).toEqual(
          [],
        );
        expect(refusals(renderAnswerFor(statement))).toEqual([]);
        expect(refusals(renderOverdue(statement, 30))).toEqual([]);
        expect(refusals(fitMessage(renderEvidence(state, statement, null)))).toEqual([]);
        expect(refusals({ text: 'x', blocks })).toEqual([]);
      },
    ),
  );
});
