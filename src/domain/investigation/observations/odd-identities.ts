import { normaliseEventName } from '../../trail/event-name.ts';
import type { TrailRecord } from '../../trail/record.ts';
import { oldestFirst } from '../oldest-first.ts';
import type { Oddity } from './observation-weights.ts';

const LIMITS = {
  /** Who was hardly seen before, or comes from everywhere, has no usual place. */
  knownCallsMin: 5,
  placesOfPeopleMax: 4,
  placesOfProgramsMax: 2,
  /** What began with the deed itself is not what somebody is known by. */
  knownBeforeMs: 60 * 60_000,
  /** A sign-in is followed up within a shift. */
  followedMs: 4 * 3_600_000,
  deniedMin: 8,
  actionsMin: 4,
  guessesMin: 2,
} as const;

const ADDRESS = /^[0-9a-f.:]+$/i;
const DENIED = /Denied|Unauthori[sz]ed/i;

/** Security's own eyes: trails, detectors, recorders and flow logs. */
const WATCHING_OFF =
  /^cloudtrail\/(?:StopLogging|DeleteTrail|StopEventDataStoreIngestion|DeleteEventDataStore)$|^guardduty\/(?:DeleteDetector|StopMonitoringMembers|DisassociateFromMasterAccount)$|^config\/(?:StopConfigurationRecorder|DeleteConfigurationRecorder|DeleteDeliveryChannel)$|^securityhub\/DisableSecurityHub$|^ec2\/DeleteFlowLogs$/;

export interface OddIdentity {
  readonly label: string;
  readonly oddities: ReadonlySet<Oddity>;
  /** What shows it, oldest first. */
  readonly records: readonly TrailRecord[];
}

interface Shown {
  readonly record: TrailRecord;
  readonly oddity: Oddity;
}

/** Per principal, what is odd about its calls from a moment on. */
export function findOddIdentities(
  records: readonly TrailRecord[],
  fromMs: number,
): readonly OddIdentity[] {
  const called = records
    .filter(({ principal, insight }) => principal.kind !== 'service' && insight === null)
    .sort(oldestFirst);
  const byLabel = Map.groupBy(called, ({ principal }): string => principal.label);
  return [...byLabel].flatMap(([label, own]) => {
    const recent = own.filter(({ atMs }) => atMs >= fromMs);
    // Who only looked around did nothing to what runs.
    if (!recent.some(isWrite) && !recent.some(isRefused)) return [];
    const shown = [...newPlaces(own, fromMs), ...deeds(recent), ...triedDoors(recent)];
    if (shown.length === 0) return [];
    return [
      {
        label,
        oddities: new Set(shown.map(({ oddity }) => oddity)),
        records: [...new Set(shown.map(({ record }) => record))].sort(oldestFirst),
      },
    ];
  });
}

const isWrite = ({ readOnly, errorCode, errorMessage, eventSource }: TrailRecord): boolean =>
  !readOnly && errorCode === null && errorMessage === null && !eventSource.startsWith('signin.');

const isRefused = ({ errorCode }: TrailRecord): boolean => DENIED.test(errorCode ?? '');

const PLACES: readonly (readonly [Oddity, (record: TrailRecord) => string | null])[] = [
  [
    'new-address',
    ({ sourceAddress }) => (ADDRESS.test(sourceAddress ?? '') ? sourceAddress : null),
  ],
  ['new-region', ({ region }) => region],
  ['new-tool', ({ channel }) => channel],
];

function newPlaces(own: readonly TrailRecord[], fromMs: number): readonly Shown[] {
  return PLACES.flatMap(([oddity, placeOf]) => {
    const firsts = new Map<string, TrailRecord>();
    for (const record of own) {
      const place = placeOf(record);
      if (place !== null && !firsts.has(place)) firsts.set(place, record);
    }
    // One more than anybody has who has a usual place: the next are known to be no news.
    return [...firsts.values()]
      .slice(0, LIMITS.placesOfPeopleMax + 1)
      .flatMap((record, placesBefore) =>
        record.atMs >= fromMs && isNews(record, placesBefore, own) ? [{ record, oddity }] : [],
      );
  });
}

/** New for somebody who has been around for long enough, in few enough places, to be known by them. */
function isNews(
  { atMs, principal }: TrailRecord,
  placesBefore: number,
  own: readonly TrailRecord[],
): boolean {
  const { knownCallsMin, knownBeforeMs, placesOfPeopleMax, placesOfProgramsMax } = LIMITS;
  const known = own[knownCallsMin - 1];
  const isKnown = known !== undefined && known.atMs < atMs - knownBeforeMs;
  const most = principal.kind === 'human' ? placesOfPeopleMax : placesOfProgramsMax;
  return isKnown && placesBefore >= 1 && placesBefore <= most;
}

function deeds(recent: readonly TrailRecord[]): readonly Shown[] {
  const logins = recent.filter(({ eventName }) => eventName === 'ConsoleLogin');
  const refused = logins.filter(({ errorMessage }) => errorMessage !== null);
  return recent.flatMap((record) => {
    const { eventSource, eventName, principal, atMs } = record;
    const call = `${eventSource.replace(/\.amazonaws\.com$/, '')}/${normaliseEventName(eventName)}`;
    const isLogin = eventName === 'ConsoleLogin' && record.errorMessage === null;
    const guesses = isLogin ? refused.filter((guess) => isSoon(guess.atMs, atMs)).length : 0;
    const isFollowed = () => recent.some((next) => isWrite(next) && isSoon(atMs, next.atMs));
    const found: Oddity[] = [];
    if (isWrite(record) && /^root\b/i.test(principal.label)) found.push('root');
    if (isWrite(record) && WATCHING_OFF.test(call)) found.push('watching-off');
    if (isLogin && principal.mfa === false && isFollowed()) found.push('no-mfa');
    if (guesses >= LIMITS.guessesMin) found.push('guessed-password');
    return found.map((oddity) => ({ record, oddity }));
  });
}

function isSoon(fromMs: number, toMs: number): boolean {
  return toMs >= fromMs && toMs - fromMs <= LIMITS.followedMs;
}

/** Many different things tried and refused: somebody looks for what these credentials can do. */
function triedDoors(recent: readonly TrailRecord[]): readonly Shown[] {
  const refused = recent.filter(isRefused);
  const actions = new Set(
    refused.map(({ eventSource, eventName }) => `${eventSource} ${eventName}`),
  );
  if (refused.length < LIMITS.deniedMin || actions.size < LIMITS.actionsMin) return [];
  return refused.map((record) => ({ record, oddity: 'tried-doors' as const }));
}
