import type { Untrusted } from '../untrusted.ts';
import type { Principal } from './record.ts';

/** At the beginning: what follows in brackets is a role or a permission set. */
const EMAIL = /^([\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})(?=$| \()/;

/** Under which address somebody was recorded; null where the record has none. */
export function emailOf(
  recordedAs: Untrusted,
  { sessionName, userName }: Pick<Principal, 'sessionName' | 'userName'>,
): string | null {
  for (const name of [recordedAs, sessionName, userName]) {
    const email = EMAIL.exec(name ?? '')?.[1];
    if (email !== undefined) return email;
  }
  return null;
}

/** A machine or AWS itself has nobody who could be asked. */
export function mayBePerson({ kind }: Pick<Principal, 'kind'>): boolean {
  return kind === 'human' || kind === 'unknown';
}
