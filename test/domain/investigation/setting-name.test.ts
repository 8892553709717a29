import { describe, expect, it } from 'vitest';
import { isThrowaway, settingUseOf } from '../../../src/domain/investigation/setting-name.ts';

describe('the name of a parameter', () => {
  it.each([
    ['/prod/seats/db_host', 'address'],
    ['/prod/seats/upstreamUrl', 'address'],
    ['/prod/seats/db_password', 'credential'],
    ['/prod/seats/apiKey', 'credential'],
    ['/prod/seats/banner_text', 'wording'],
    ['/prod/seats/log_level', 'wording'],
    ['/prod/endpoint/retries', 'unknown'],
    ['feature_x', 'unknown'],
  ])('%s holds: %s', (name, use) => {
    expect(settingUseOf(name)).toBe(use);
  });
});

describe('the name of a thing', () => {
  it.each([
    'tmp-xnscqa',
    'orders-poc-1',
    'https://sqs.eu-west-1.amazonaws.com/1/tmp-a',
    'orders-old',
  ])('%s says that nobody depends on it', (name) => {
    expect(isThrowaway(name)).toBe(true);
  });

  it.each([
    'orders',
    'template-orders',
    'goldfish',
    'demography',
    'household',
  ])('%s does not', (name) => {
    expect(isThrowaway(name)).toBe(false);
  });
});
