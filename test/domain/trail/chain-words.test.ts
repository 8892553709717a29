import { describe, expect, it } from 'vitest';
import { chainSentence } from '../../../src/domain/trail/chain-words.ts';
import { outsider } from '../../support/chain-builders.ts';
import { aRecord } from '../../support/trail-record.ts';

const told = (id: string, changes: Parameters<typeof aRecord>[0] = {}) =>
  chainSentence('foreign', aRecord({ principal: outsider('444455556666', id), ...changes }), {
    accountNames: new Map([['444455556666', 'people']]),
  });

describe('what is said of a caller from another account', () => {
  it('names the account as people call it, and the caller by id and session', () => {
    expect(told('AROAEXAMPLEEXAMPLE01:job-7', { eventName: 'AssumeRole' })).toBe(
      'The role was assumed from account people (444455556666) by principal job-7 (id AROAEXAMPLEEXAMPLE01), whose own trail names the caller: ask there.',
    );
  });

  it('speaks of a call where no role was assumed', () => {
    expect(told('AIDAEXAMPLEEXAMPLE01')).toBe(
      'The call was made from account people (444455556666) by principal AIDAEXAMPLEEXAMPLE01, whose own trail names the caller: ask there.',
    );
  });

  it('repeats nothing that is no principal id', () => {
    expect(told('<!here> click')).toBe(
      'The call was made from account people (444455556666), whose own trail names the caller: ask there.',
    );
  });
});
