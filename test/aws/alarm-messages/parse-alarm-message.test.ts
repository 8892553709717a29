import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAlarmMessage } from '../../../src/aws/alarm-messages/parse-alarm-message.ts';
import {
  compositeNotification,
  eventBridgeMessage,
  inEnvelope,
  MESSAGE_AT_MS,
  rawNotification,
} from '../../support/alarm-messages.ts';

const changeOf = (body: string) => {
  const message = parseAlarmMessage(body);
  return message.kind === 'alarm' ? message.change : message;
};

const without = (body: string, ...names: readonly string[]): string =>
  JSON.stringify({
    ...JSON.parse(body),
    ...Object.fromEntries(names.map((name) => [name, undefined])),
  });

describe('a message about an alarm', () => {
  it('is read as EventBridge sends it, with when it really began', () => {
    expect(changeOf(eventBridgeMessage())).toEqual({
      name: 'checkout-5xx',
      accountId: '111122223333',
      region: 'eu-west-1',
      kind: 'metric',
      from: 'OK',
      to: 'ALARM',
      atMs: MESSAGE_AT_MS,
      reason:
        'Threshold Crossed: 2 out of the last 2 datapoints [31.0, 12.0] were greater than the threshold (5.0).',
      breachedFromMs: MESSAGE_AT_MS - 120_000,
      namespace: 'AWS/ApplicationELB',
      metric: 'HTTPCode_ELB_5XX_Count',
      dimensions: [{ name: 'LoadBalancer', value: 'app/checkout/50dc6c495c0c9188' }],
      threshold: 5,
      comparison: 'GreaterThanThreshold',
    });
  });

  it.each([
    ['raw', rawNotification()],
    ['in an envelope', inEnvelope(rawNotification())],
    ['in two', inEnvelope(inEnvelope(rawNotification()))],
  ])('is read as SNS delivers it, %s', (_how, body) => {
    expect(changeOf(body)).toMatchObject({
      name: 'checkout-5xx',
      accountId: '111122223333',
      region: 'eu-west-1',
      from: 'OK',
      to: 'ALARM',
      atMs: MESSAGE_AT_MS,
      breachedFromMs: null,
      threshold: 5,
      comparison: 'GreaterThanThreshold',
      dimensions: [{ name: 'LoadBalancer', value: 'app/checkout/50dc6c495c0c9188' }],
    });
  });

  it('is the same alarm and moment, whichever way it comes', () => {
    const place = ({ name, accountId, region, atMs }: Record<string, unknown>) => [
      name,
      accountId,
      region,
      atMs,
    ];
    const [one, other] = [eventBridgeMessage(), inEnvelope(rawNotification())].map((body) =>
      place({ ...changeOf(body) }),
    );
    expect(one).toEqual(other);
    expect(changeOf(inEnvelope(eventBridgeMessage()))).toEqual(changeOf(eventBridgeMessage()));
  });

  it('is read of a composite alarm, which has no metric', () => {
    expect(changeOf(compositeNotification())).toMatchObject({
      name: 'shop-down',
      kind: 'composite',
      metric: null,
      threshold: null,
    });
  });

  it('takes the Region from the topic where the alarm’s ARN is missing', () => {
    const old = without(rawNotification(), 'AlarmArn');
    expect(changeOf(inEnvelope(old))).toMatchObject({ region: 'eu-west-1' });
    expect(parseAlarmMessage(old)).toMatchObject({ kind: 'unreadable' });
  });

  it('leaves out what is odd and keeps the rest', () => {
    const event = JSON.parse(eventBridgeMessage());
    event.detail.state.reasonData = 'not JSON';
    event.detail.configuration = 'nonsense';
    event.detail.previousState = { value: 'SOMETHING' };
    expect(changeOf(JSON.stringify(event))).toMatchObject({
      name: 'checkout-5xx',
      from: null,
      breachedFromMs: null,
      metric: null,
      dimensions: [],
    });
  });

  it.each([
    [
      '3 datapoints were greater than or equal to the threshold (5.0)',
      'GreaterThanOrEqualToThreshold',
    ],
    ['1 datapoint was less than the threshold (1.0)', 'LessThanThreshold'],
    ['1 datapoint was less than or equal to the threshold (1.0)', 'LessThanOrEqualToThreshold'],
    ['no datapoints were received for 1 period and 1 missing datapoint was treated as', null],
  ])('says how it compares, from the words: %s', (reason, comparison) => {
    const event = JSON.parse(eventBridgeMessage());
    event.detail.state.reason = `Threshold Crossed: ${reason}.`;
    expect(changeOf(JSON.stringify(event))).toMatchObject({ comparison });
  });

  it('keeps no secret that stands in a reason', () => {
    const event = JSON.parse(eventBridgeMessage());
    event.detail.state.reason = 'token xoxb-123456789012-abcdefghijkl';
    expect(JSON.stringify(changeOf(JSON.stringify(event)))).not.toContain('abcdefghijkl');
  });
});

describe('any other message', () => {
  it('of EventBridge is understood as such', () => {
    const event = JSON.parse(eventBridgeMessage());
    const other = { ...event, 'detail-type': 'EC2 Instance State-change Notification' };
    expect(parseAlarmMessage(JSON.stringify(other))).toMatchObject({ kind: 'other' });
  });

  it.each([
    ['', 'no JSON object'],
    ['null', 'no JSON object'],
    ['"text"', 'no JSON object'],
    ['{}', 'neither an event of EventBridge nor'],
    [inEnvelope('Hello'), 'no JSON object'],
    [inEnvelope(rawNotification(), { Type: 'SubscriptionConfirmation' }), 'never gives'],
    [inEnvelope(inEnvelope(inEnvelope(rawNotification()))), 'too often'],
    [`{"a":"${'x'.repeat(300_000)}"}`, 'too long'],
    [without(eventBridgeMessage(), 'account'), 'cannot be read'],
    [rawNotification().replace(/"StateChangeTime":"[^"]+"/, '"StateChangeTime":"soon"'), 'when'],
  ])('is not understood, and said to be so without its content: %#', (body, why) => {
    const message = parseAlarmMessage(body);
    expect(message).toMatchObject({ kind: 'unreadable', why: expect.stringContaining(why) });
  });

  it('never throws, whatever JSON it is or whatever is changed in a good one', () => {
    fc.assert(fc.property(fc.json(), (body) => void parseAlarmMessage(body)));
    fc.assert(fc.property(fc.string(), (body) => void parseAlarmMessage(body)));
    const templates = [eventBridgeMessage(), rawNotification(), compositeNotification()];
    const paths = ['detail', 'state', 'time', 'Trigger', 'AlarmArn', 'StateChangeTime', 'Message'];
    fc.assert(
      fc.property(
        fc.constantFrom(...templates),
        fc.constantFrom(...paths),
        fc.jsonValue(),
        fc.boolean(),
        (template, path, value, wrapped) => {
          const body = JSON.parse(template);
          const inner = path in (body.detail ?? {}) ? body.detail : body;
          inner[path] = value;
          const text = JSON.stringify(body);
          const message = parseAlarmMessage(wrapped ? inEnvelope(text) : text);
          expect(['alarm', 'other', 'unreadable']).toContain(message.kind);
        },
      ),
    );
  });
});
