import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import type { AwsReplay } from '../../../src/simulator/aws/start-aws-replay.ts';
import {
  account,
  callSts,
  cloudWatch,
  element,
  ids,
  lookup,
  record,
  startWorld,
} from './replay-support.ts';

const member = '444455556666';
const role = `arn:aws:iam::${member}:role/redthread-reader`;
const roles = { [role]: { externalId: 'northwind-42' } };

const assume = async (replay: AwsReplay, more: Readonly<Record<string, string>> = {}) => {
  const fields = { Action: 'AssumeRole', RoleArn: role, RoleSessionName: 'triage-U123', ...more };
  const { status, text } = await callSts(replay, fields);
  return {
    status,
    code: element(text, 'Code'),
    arn: element(text, 'Arn'),
    accessKeyId: element(text, 'AccessKeyId'),
    sessionToken: element(text, 'SessionToken'),
    secretAccessKey: element(text, 'SecretAccessKey'),
  };
};

describe('who may call', () => {
  it('asks for a signature', async () => {
    const replay = await startWorld({});
    const response = await fetch(replay.endpointUrl, {
      method: 'POST',
      headers: { 'x-amz-target': 'CloudTrail_20131101.LookupEvents' },
      body: '{}',
    });
    expect(await response.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });

  it('does not know a key that nobody gave it', async () => {
    const replay = await startWorld({});
    const call = lookup(replay, {}, { accessKeyId: 'AKIANOBODYEXAMPLE' });
    await expect(call).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });

  it('calls it InvalidClientTokenId in CloudWatch and STS', async () => {
    const replay = await startWorld({});
    const alarms = cloudWatch(replay, { accessKeyId: 'AKIANOBODYEXAMPLE' });
    const sts = await callSts(replay, { Action: 'GetCallerIdentity' }, { id: 'AKIANOBODYEXAMPLE' });
    await expect(alarms.send(new DescribeAlarmsCommand({}))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });
    expect([sts.status, element(sts.text, 'Code')]).toEqual([403, 'InvalidClientTokenId']);
  });

  it('tells a caller who it is', async () => {
    const replay = await startWorld({});
    const { text } = await callSts(replay, { Action: 'GetCallerIdentity' });
    expect(element(text, 'Account')).toBe(account);
    expect(element(text, 'Arn')).toBe(`arn:aws:iam::${account}:user/redthread-replay`);
  });
});

describe('AssumeRole', () => {
  it("hands out a key that reads the role's account", async () => {
    const events = [record('ours'), record('theirs', { recipientAccountId: member })];
    const replay = await startWorld({ events }, { roles });
    const key = await assume(replay, { ExternalId: 'northwind-42' });
    const { Events } = await lookup(replay, {}, key);
    expect(key.arn).toBe(`arn:aws:sts::${member}:assumed-role/redthread-reader/triage-U123`);
    expect(ids(Events)).toEqual(['theirs']);
  });

  it.each([
    ['without the external id', {}],
    ['with a wrong external id', { ExternalId: 'guessed' }],
    ['for a role that trusts nobody', { RoleArn: `arn:aws:iam::${member}:role/admin` }],
  ])('is denied %s', async (_, more) => {
    const replay = await startWorld({}, { roles });
    expect(await assume(replay, more)).toMatchObject({ status: 403, code: 'AccessDenied' });
  });

  it.each([
    ['a caller that the role does not name', { trusts: ['999988887777'] }, 'AccessDenied'],
    [
      'a session name that the trust policy refuses',
      { sessionName: 'redthread-*' },
      'AccessDenied',
    ],
    ['a session longer than the role allows', { maxSessionSeconds: 1_800 }, 'ValidationError'],
  ])('is refused for %s', async (_, rule, code) => {
    const replay = await startWorld({}, { roles: { [role]: rule } });
    expect(await assume(replay)).toMatchObject({ code });
  });

  it('is allowed for whom the trust policy names, by account or by ARN', async () => {
    const trusts = [`arn:aws:iam::${account}:user/redthread-replay`];
    const rule = { trusts, sessionName: 'triage-*' };
    const replay = await startWorld({}, { roles: { [role]: rule } });
    expect((await assume(replay)).status).toBe(200);
    const byAccount = await startWorld({}, { roles: { [role]: { trusts: [account] } } });
    expect((await assume(byAccount)).status).toBe(200);
  });

  it('allows any role where none are named', async () => {
    const replay = await startWorld({});
    expect((await assume(replay)).status).toBe(200);
  });

  it.each([
    ['a session name with forbidden characters', { RoleSessionName: '<!channel>' }],
    ['something that is no role', { RoleArn: `arn:aws:iam::${member}:user/ana` }],
    ['less than a quarter of an hour', { DurationSeconds: '60' }],
    ['more than an hour, when the role says nothing', { DurationSeconds: '7200' }],
    ['a session name of one letter', { RoleSessionName: 'a' }],
    ['an external id with forbidden characters', { ExternalId: 'a b' }],
  ])('refuses %s', async (_, more) => {
    const replay = await startWorld({});
    expect(await assume(replay, more)).toMatchObject({ status: 400, code: 'ValidationError' });
  });

  it('caps a chained session at one hour', async () => {
    const replay = await startWorld({});
    const first = await assume(replay);
    const chained = await callSts(
      replay,
      { Action: 'AssumeRole', RoleArn: role, RoleSessionName: 'next', DurationSeconds: '7200' },
      { id: first.accessKeyId, token: first.sessionToken },
    );
    expect(element(chained.text, 'Code')).toBe('ValidationError');
  });

  it('lets the key expire', async () => {
    const replay = await startWorld({});
    const key = await assume(replay);
    replay.clock.nowMs += 3_600_000;
    await expect(lookup(replay, {}, key)).rejects.toMatchObject({ name: 'ExpiredTokenException' });
  });

  it('does not accept the key without its session token', async () => {
    const replay = await startWorld({});
    const { accessKeyId } = await assume(replay);
    await expect(lookup(replay, {}, { accessKeyId })).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
  });
});
