import { describe, expect, it } from 'vitest';
import { MOCK_URL, mockHttp, promiseAws, promiseAwsBreak } from '../support/http.ts';
import { anAwsSide, aRequest, neverAborted, readAll } from './support.ts';

mockHttp();

async function endOf(region = 'eu-west-1') {
  // One try, so that every promised answer is used exactly once.
  const { activity } = await anAwsSide({ endpoint: MOCK_URL, attemptsMax: 1 });
  const request = aRequest({ target: { accountId: null, region } });
  return (await readAll(activity.readPages(request, neverAborted()))).end;
}

const refusal = (type: string, message = 'No.') => ({
  status: 400,
  body: { __type: type, message },
});

describe('what an error of AWS means', () => {
  it.each([
    ['AccessDeniedException', 'denied', 'permission cloudtrail:LookupEvents'],
    ['OperationNotPermittedException', 'denied', 'permission cloudtrail:LookupEvents'],
    ['UnrecognizedClientException', 'failed', 'The credentials were refused: No.'],
    ['InvalidClientTokenId', 'failed', 'The credentials were refused: No.'],
    ['InvalidSignatureException', 'failed', 'The credentials were refused: No.'],
    ['InvalidTimeRangeException', 'failed', 'did not accept the asked time range in eu-west-1'],
    ['InvalidNextTokenException', 'failed', 'AWS lost its place in eu-west-1'],
    ['SomethingNobodyHasSeenException', 'failed', 'AWS could not answer: No.'],
    ['InternalFailure', 'failed', 'AWS had a fault of its own in eu-west-1.'],
  ])('says of %s that the target %s and why', async (type, outcome, sentence) => {
    promiseAws('LookupEvents', refusal(type));

    const end = await endOf();

    expect(end).toMatchObject({ outcome, truncated: true, recordCount: 0 });
    expect(end.explanation).toContain(sentence);
  });

  it('takes unknown credentials in a Region that can be off for a Region that is off', async () => {
    promiseAws('LookupEvents', refusal('UnrecognizedClientException'));

    const end = await endOf('eu-south-2');

    expect(end.outcome).toBe('disabled');
    expect(end.explanation).toContain('eu-south-2: the Region is probably not enabled');
  });

  it('looks for new credentials once when they have expired, then says so', async () => {
    promiseAws('LookupEvents', { ...refusal('ExpiredTokenException'), times: 2 });

    const end = await endOf();

    expect(end).toMatchObject({
      outcome: 'failed',
      explanation: "The bot's AWS credentials have expired and no newer ones were found.",
    });
  });

  it('goes on with the new credentials when they work', async () => {
    promiseAws('LookupEvents', refusal('ExpiredTokenException'));
    promiseAws('LookupEvents', { body: { Events: [] } });

    const end = await endOf();

    expect(end.outcome).toBe('nothing');
  });

  it.each([
    ['ECONNREFUSED', 'failed', 'could not be reached'],
    ['ENOTFOUND', 'failed', 'could not be reached'],
  ])('tells a network that fails (%s) from a refusal', async (code, outcome, sentence) => {
    promiseAwsBreak('LookupEvents', code);

    const end = await endOf();

    expect(end.outcome).toBe(outcome);
    expect(end.explanation).toContain(sentence);
  });

  it('takes secrets out of what AWS says', async () => {
    promiseAws('LookupEvents', refusal('ValidationException', 'key AKIAIOSFODNN7EXAMPLE is bad'));

    const end = await endOf();

    expect(end.explanation).toBe('AWS could not answer: key AKIA…MPLE is bad');
  });

  it('does not take an answer that is not JSON for an empty history', async () => {
    promiseAws('LookupEvents', { body: '<html>Sign in to the hotel</html>' });

    const end = await endOf();

    expect(end.outcome).toBe('failed');
  });
});

describe('an answer that is malformed', () => {
  const envelope = (record: unknown) => ({
    EventId: 'e',
    EventTime: 1_791_974_467,
    CloudTrailEvent: JSON.stringify(record),
  });
  const good = { eventID: 'good', eventName: 'StopInstances', eventSource: 'ec2.amazonaws.com' };

  it('keeps the good records and counts the others', async () => {
    promiseAws('LookupEvents', {
      body: {
        Events: [
          envelope(good),
          envelope({ ...good, eventID: 'good', eventName: '<!channel>' }),
          envelope({ ...good, eventID: 'insight', eventCategory: 'Insight' }),
          envelope('a text'),
          { EventId: 'e', CloudTrailEvent: '{"cut off' },
          { EventId: 'without a record' },
          null,
        ],
      },
    });

    const end = await endOf();

    expect(end).toMatchObject({ outcome: 'found', recordCount: 1, skippedCount: 6 });
  });

  it('answers "nothing" when there is no list at all', async () => {
    promiseAws('LookupEvents', { body: {} });

    const end = await endOf();

    expect(end).toMatchObject({ outcome: 'nothing', truncated: false, explanation: null });
  });
});
