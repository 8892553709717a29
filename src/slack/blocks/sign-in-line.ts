import type { RichTextSection } from '@slack/types';
import { type FormatContext, formatWhen } from '../../domain/time/format-when.ts';
import type { CredentialChain } from '../../domain/trail/chain.ts';
import { mfaWords } from '../../domain/trail/circumstance-words.ts';
import { line, type Part, show } from './text.ts';

/** Where and when the console session of a person began, and with what; null: not known. */
export function signInLine(chain: CredentialChain, context: FormatContext): RichTextSection | null {
  const signIn = chain.links.find(({ by }) => by === 'sign-in');
  if (signIn === undefined) return null;
  const from: Part[] = signIn.sourceAddress === null ? [] : [' from ', show(signIn.sourceAddress)];
  const rest = `, ${mfaWords(signIn.mfa, 'human')} · ${signIn.region}`;
  return line('🔑 signed in ', formatWhen(signIn.atMs, context), ...from, rest);
}
