import { AwsFailure, validationFailure } from '../aws-failure.ts';
import type { PageTokens } from '../page-token.ts';

const PAGE_DEFAULT = 50;
const PAGE_MAX = 100;

export interface PageRequest {
  readonly MaxRecords?: number | undefined;
  readonly NextToken?: string | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Ready to be spread into the reply: absent on the last page. */
  readonly next: { readonly NextToken?: string };
}

/** One page of a list, bound to the parameters that asked for it. */
export function pageOf<T>(
  tokens: PageTokens,
  request: PageRequest & Readonly<Record<string, unknown>>,
  all: readonly T[],
): Page<T> {
  const { MaxRecords: limit = PAGE_DEFAULT, NextToken: token } = request;
  if (!Number.isInteger(limit) || limit < 1 || limit > PAGE_MAX) {
    throw validationFailure(
      `1 validation error detected: Value '${limit}' at 'maxRecords' failed to satisfy constraint: Member must be between 1 and ${PAGE_MAX}`,
    );
  }
  const place = token === undefined ? '0' : tokens.redeem(token, request);
  if (place === null) throw new AwsFailure('InvalidNextToken', 'Invalid next token');
  const from = Number(place);
  const more = from + limit < all.length;
  return {
    items: all.slice(from, from + limit),
    next: more ? { NextToken: tokens.issue(request, String(from + limit)) } : {},
  };
}
