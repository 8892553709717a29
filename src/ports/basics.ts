import type { Standing } from '../domain/access/decide-access.ts';

export interface Clock {
  /** Milliseconds since 1970. */
  nowMs(): number;
}

export interface Ids {
  /** An id nobody else has, safe in keys, file names and Slack ids: letters, digits, `-`. */
  next(prefix: string): string;
  /**
   * A short id that people can say aloud: `RT-7K3F9`. The same seed and salt give the same id, so
   * that an opening delivered twice opens one incident; the next salt is tried when it is taken.
   */
  incidentId(seed: string, salt: number): string;
}

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  /** `error` is logged by name, code, message and stack, after secrets were taken out. */
  error(message: string, error: unknown, fields?: LogFields): void;
  child(fields: LogFields): Logger;
}

export interface Person {
  readonly userId: string;
  readonly name: string;
  /** IANA name; `UTC` when unknown. */
  readonly timeZone: string;
}

export interface People {
  /** Never throws: a person who cannot be looked up is described by the id alone. */
  describe(userId: string): Promise<Person>;
}

export interface Account extends Person {
  readonly standing: Standing;
}

export type FoundAccount =
  | { readonly kind: 'found'; readonly account: Account }
  | { readonly kind: 'nobody' }
  /** It could not be looked up; one sentence says why. */
  | { readonly kind: 'unknown'; readonly sentence: string };

/** People as the workspace knows them. Never throws. */
export interface Directory extends People {
  /** Who has this e-mail address in the workspace; exactly, but for upper and lower case. */
  findByEmail(email: string): Promise<FoundAccount>;
  /** The account as it is now, not as remembered. */
  findAccount(userId: string): Promise<FoundAccount>;
}
