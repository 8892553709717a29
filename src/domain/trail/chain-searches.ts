import type { ChainCall } from './chain-links.ts';
import type { Principal, TrailRecord } from './record.ts';
import { permissionSetOf } from './session-name.ts';

export const CHAIN_LIMITS = {
  /** Role sessions last 12 hours at most (chained ones 1), federation tokens 36. */
  windowMs: 36 * 3_600_000,
  /** A session begins with the call that issued its credentials, give or take the clocks. */
  issuedSlackMs: 5_000,
  /** Between a sign-in and the first credentials of its session. */
  signInSlackMs: 60_000,
  /** How many times credentials are followed back to the call that issued them. */
  stepsMax: 5,
} as const;

/** One exact lookup for the call from which a holder has its credentials. */
export interface MintSearch {
  readonly how: 'key' | 'session' | 'shared-id' | 'sign-in' | 'switch';
  /** Null where the record does not say. */
  readonly accountId: string | null;
  /** The account in which the last call was recorded. */
  readonly recordedIn: string | null;
  readonly attribute: {
    readonly key: 'ResourceName' | 'EventName' | 'EventSource';
    readonly value: string;
  };
  /** Where the last call was recorded: STS answers in every Region, the caller's own is the likeliest. */
  readonly region: string;
  /** Both inclusive. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** What is known when the next call is looked for. */
export interface SearchContext {
  readonly last: TrailRecord;
  /** Whose session it is: the last call's own, or the one that a call from outside began. */
  readonly session: Principal;
  readonly startedAtMs: number | null;
  readonly isConsole: boolean;
}

export function contextOf(calls: readonly [ChainCall, ...ChainCall[]]): SearchContext {
  const last = (calls.at(-1) ?? calls[0]).record;
  const held = (isForeign(last) ? calls.at(-2)?.record : undefined) ?? last;
  return {
    last,
    session: held.principal,
    startedAtMs: held.sessionStartedAtMs,
    isConsole: held.channel === 'console' || held.channel === 'cloudshell',
  };
}

/** Where credentials may have come from, the surest and cheapest first; empty: from nowhere further. */
export function searchesFor(context: SearchContext): readonly MintSearch[] {
  const { last } = context;
  if (last.principal.kind === 'service' || last.principal.confidence === 'certain') return [];
  const searches = isForeign(last)
    ? [byKey(last), bySharedId(last), bySwitch(context)]
    : isSession(last.principal)
      ? [byKey(last), bySession(last), bySwitch(context)]
      : [bySignIn(context)];
  return searches.filter((search) => search !== null);
}

/** The key by which the next call is sought: of a role taken from outside, the one it was given. */
export function soughtKey(last: TrailRecord): string | null {
  return (isForeign(last) ? last.mintedAccessKeyId : null) ?? last.accessKeyId;
}

/** Role sessions and federation tokens; users, services and identity providers are origins. */
export function isSession({ roleName, userName, sessionName }: Principal): boolean {
  return roleName !== null || (userName === null && sessionName !== null);
}

/** Made by somebody of another account than the one that recorded it. */
export function isForeign({ principal, accountId }: TrailRecord): boolean {
  return (
    principal.kind !== 'service' &&
    principal.accountId !== null &&
    accountId !== null &&
    principal.accountId !== accountId
  );
}

/** Only Identity Center can begin such a session, and names it after its user: the origin. */
export function isIdentityCenter({ roleName }: Principal): boolean {
  return permissionSetOf(roleName) !== null;
}

function byKey(last: TrailRecord): MintSearch | null {
  const value = soughtKey(last);
  if (value === null) return null;
  const window = { fromMs: last.atMs - CHAIN_LIMITS.windowMs, toMs: last.atMs };
  const attribute = { key: 'ResourceName', value } as const;
  return { ...callersPlace(last), how: 'key', attribute, ...window };
}

/** By the second in which the session began: every call that issued credentials in it. */
function bySession(last: TrailRecord): MintSearch | null {
  const { sessionStartedAtMs: startedAtMs } = last;
  if (startedAtMs === null || isIdentityCenter(last.principal)) return null;
  const attribute = { key: 'EventSource', value: 'sts.amazonaws.com' } as const;
  const window = around(startedAtMs, CHAIN_LIMITS.issuedSlackMs);
  return { ...callersPlace(last), how: 'session', attribute, ...window };
}

/** An action that concerned two accounts has a record in each, under one shared id. */
function bySharedId(last: TrailRecord): MintSearch | null {
  if (last.sharedEventId === null) return null;
  const attribute = { key: 'EventName', value: last.eventName } as const;
  const window = around(last.atMs, CHAIN_LIMITS.issuedSlackMs);
  return { ...callersPlace(last), how: 'shared-id', attribute, ...window };
}

/** A role taken in the console: the switch is recorded beside it, with whom it was switched from. */
function bySwitch({ last, session, startedAtMs, isConsole }: SearchContext): MintSearch | null {
  if (!isConsole || session.roleName === null || isIdentityCenter(session)) return null;
  const window = around(startedAtMs ?? last.atMs, CHAIN_LIMITS.signInSlackMs);
  return { ...recordsPlace(last), how: 'switch', attribute: signInEvent('SwitchRole'), ...window };
}

/** No call issues the credentials of a user in the console, root too: the sign-in begins the session. */
function bySignIn({ last, startedAtMs, isConsole }: SearchContext): MintSearch | null {
  const { userName, kind } = last.principal;
  const isUser = userName !== null || kind === 'human';
  if (!isConsole || !isUser || startedAtMs === null || last.eventName === 'ConsoleLogin') {
    return null;
  }
  const window = around(startedAtMs, CHAIN_LIMITS.signInSlackMs);
  return {
    ...recordsPlace(last),
    how: 'sign-in',
    attribute: signInEvent('ConsoleLogin'),
    ...window,
  };
}

function signInEvent(value: 'ConsoleLogin' | 'SwitchRole') {
  return { key: 'EventName', value } as const;
}

function callersPlace(last: TrailRecord) {
  const accountId = isForeign(last) ? last.principal.accountId : last.accountId;
  return { accountId, recordedIn: last.accountId, region: last.region };
}

function recordsPlace({ accountId, region }: TrailRecord) {
  return { accountId, recordedIn: accountId, region };
}

function around(atMs: number, slackMs: number) {
  return { fromMs: atMs - slackMs, toMs: atMs + slackMs };
}
