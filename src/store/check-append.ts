import type { RecordedEvent } from '../domain/incident/events.ts';
import type { IncidentState } from '../domain/incident/state.ts';
import { AppError } from '../errors.ts';
import type { AppendRequest, RewriteRequest } from '../ports.ts';
import { eventCodec, stateCodec } from './codec.ts';

/** A log with a gap can never be mended, so a request that would make one is refused before it is sent. */
export function checkAppend(request: AppendRequest): void {
  const { events, expectedVersion, state } = request;
  const gapless = events.every((event, index) => event.version === expectedVersion + index + 1);
  const lastVersion = expectedVersion + events.length;
  const fits = state.version === lastVersion && state.incidentId === request.incidentId;
  if (events.length > 0 && gapless && fits) return;
  throw new AppError(
    'internal',
    `The append to ${request.incidentId} after version ${expectedVersion} does not fit its own events and state.`,
  );
}

/** A rewritten log replaces the old one, so it must be whole, longer, and readable afterwards. */
/** False: what it writes could not be read again. */
export function checkRewrite({
  incidentId,
  events,
  expectedVersion,
  state,
}: RewriteRequest): boolean {
  const isWhole = events.every((event, index) => event.version === index + 1);
  const fits = state.version === events.length && state.incidentId === incidentId;
  if (isWhole && fits && events.length > expectedVersion) return isReadable(events, state);
  throw new AppError(
    'internal',
    `The rewrite of ${incidentId} after version ${expectedVersion} does not fit its own events and state.`,
  );
}

function isReadable(events: readonly RecordedEvent[], state: IncidentState): boolean {
  try {
    for (const event of events) eventCodec.decode(eventCodec.encode(event), 'rewrite');
    stateCodec.decode(stateCodec.encode(state), 'rewrite');
    return true;
  } catch {
    return false;
  }
}
