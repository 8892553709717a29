import type { ChainCall } from './chain-links.ts';
import type { MintSearch, SearchContext } from './chain-searches.ts';
import { newestFirst } from './newest-first.ts';
import type { Principal, TrailRecord } from './record.ts';
import { switcherOf } from './switch-role.ts';

const MINTING = /^(?:AssumeRole|AssumeRoot|GetFederationToken|GetSessionToken)/;

/** Calls that begin sessions: all that a chain is made of, besides the call in question. */
export function beginsSession(record: TrailRecord): boolean {
  const { eventName } = record;
  return (
    !hasFailed(record) && (isMinting(eventName) || /^(?:ConsoleLogin|SwitchRole)$/.test(eventName))
  );
}

export function isMinting(eventName: string): boolean {
  return MINTING.test(eventName);
}

/**
 * The call that a search was for, among what it brought; null when it is not there. `isWhole` says
 * that nothing of the window is missing: only then can a name stand for one session alone.
 */
export function findMint(
  search: MintSearch,
  context: SearchContext,
  found: readonly TrailRecord[],
  isWhole: boolean,
): ChainCall | null {
  const { last } = context;
  const successes = found
    .filter((record) => !hasFailed(record) && record.eventId !== last.eventId)
    .sort(newestFirst);
  switch (search.how) {
    case 'key':
      return asCall(
        successes.find((record) => hasMinted(record, search.attribute.value)),
        'key',
      );
    case 'session':
      return (
        asCall(
          successes.find((record) => hasMinted(record, last.accessKeyId)),
          'key',
        ) ?? (isWhole ? byName(successes, last) : null)
      );
    case 'shared-id':
      return asCall(
        successes.find((record) => isTwin(record, last)),
        'shared-id',
      );
    case 'sign-in':
      return asCall(
        nearest(
          successes.filter((record) => isSignIn(record, last)),
          context,
        ),
        'sign-in',
      );
    case 'switch': {
      const switches = successes.filter((record) => isSwitchTo(record, context.session));
      const switched = nearest(switches, context);
      return asCall(switched === null ? null : switcherOf(switched), 'switch');
    }
  }
}

/** Callers choose the names of sessions, so one is only believed where no other call fits. */
function byName(found: readonly TrailRecord[], last: TrailRecord): ChainCall | null {
  const fitting = found.filter(
    (record) =>
      isMinting(record.eventName) &&
      (last.accessKeyId === null || record.mintedAccessKeyId === null) &&
      beganSession(record, last.principal),
  );
  const [only, ...others] = new Map(fitting.map((record) => [record.eventId, record])).values();
  return others.length === 0 ? asCall(only, 'name') : null;
}

function beganSession({ resources, details }: TrailRecord, session: Principal): boolean {
  const { roleName, sessionName } = session;
  if (sessionName === null) return false;
  const ending =
    roleName === null
      ? `:federated-user/${sessionName}`
      : `:assumed-role/${roleName}/${sessionName}`;
  if (resources.some(({ name }) => name.startsWith('arn:') && name.endsWith(ending))) return true;
  return (
    roleName !== null &&
    resources.some(({ name }) => /:role\//.test(name) && name.endsWith(`/${roleName}`)) &&
    details.some(({ label, value }) => label === 'session' && value === sessionName)
  );
}

function isTwin({ sharedEventId, eventName }: TrailRecord, last: TrailRecord): boolean {
  return sharedEventId === last.sharedEventId && eventName === last.eventName;
}

/** Root has no user name, so that only the label tells it from others without one. */
function isSignIn({ eventName, principal }: TrailRecord, last: TrailRecord): boolean {
  const { userName, label } = last.principal;
  const isSame = userName === null ? principal.label === label : principal.userName === userName;
  return eventName === 'ConsoleLogin' && isSame && principal.roleName === null;
}

function isSwitchTo({ eventName, principal }: TrailRecord, session: Principal): boolean {
  return (
    eventName === 'SwitchRole' &&
    principal.roleName === session.roleName &&
    principal.sessionName === session.sessionName
  );
}

function nearest(records: readonly TrailRecord[], context: SearchContext): TrailRecord | null {
  const atMs = context.startedAtMs ?? context.last.atMs;
  const distance = (record: TrailRecord) => Math.abs(record.atMs - atMs);
  return records.toSorted((a, b) => distance(a) - distance(b))[0] ?? null;
}

function hasMinted(record: TrailRecord, accessKeyId: string | null): boolean {
  return (
    accessKeyId !== null && record.mintedAccessKeyId === accessKeyId && isMinting(record.eventName)
  );
}

/** A failed sign-in has a message and no code. */
function hasFailed({ errorCode, errorMessage }: TrailRecord): boolean {
  return errorCode !== null || errorMessage !== null;
}

function asCall(record: TrailRecord | null | undefined, by: ChainCall['by']): ChainCall | null {
  return record ? { record, by } : null;
}
