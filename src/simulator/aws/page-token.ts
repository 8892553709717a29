import { createHash, createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';

const contents = z.tuple([z.string(), z.string()]);

export interface PageTokens {
  /** An opaque token for a place in the result of exactly these parameters. */
  issue(parameters: Readonly<Record<string, unknown>>, place: string): string;
  /** The place, or null when the token is not ours or was issued for other parameters. */
  redeem(token: string, parameters: Readonly<Record<string, unknown>>): string | null;
}

/** AWS binds a token to the call that got it: one parameter changed and it is refused. */
export function createPageTokens(): PageTokens {
  const secret = randomBytes(32);
  const seal = (text: string) => createHmac('sha256', secret).update(text).digest('base64url');
  return {
    issue(parameters, place) {
      const body = Buffer.from(JSON.stringify([digest(parameters), place])).toString('base64url');
      return `${body}.${seal(body)}`;
    },
    redeem(token, parameters) {
      const [body = '', signature] = token.split('.');
      if (signature !== seal(body)) return null;
      const [owner, place] = contents.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
      return owner === digest(parameters) ? place : null;
    },
  };
}

function digest(parameters: Readonly<Record<string, unknown>>): string {
  const bound = Object.entries(parameters)
    .filter(([name]) => name !== 'NextToken')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(bound)).digest('base64url');
}
