import { createAlarmFiles } from './generator/alarm-files.ts';
import { INSTANCES, PEOPLE } from './generator/cast.ts';
import type { Background } from './generator/decoys/background.ts';
import { writeBackground } from './generator/decoys/background.ts';
import {
  writeBasketRelease,
  writeDeniedCalls,
  writePricingDeploy,
  writeRoleChain,
} from './generator/decoys/red-herrings.ts';
import type { IncidentFiles } from './generator/incident-files.ts';
import { incidentFiles, writeIncident } from './generator/incident-files.ts';
import type { Recorder } from './generator/recorder.ts';
import { ACCOUNT, createRecorder, GLOBAL, HOME } from './generator/recorder.ts';
import type { SeededRandom } from './generator/seeded-random.ts';
import { createSeededRandom } from './generator/seeded-random.ts';
import { createSessions } from './generator/sessions.ts';
import { ALARM_RULES, createSeries } from './generator/stolen-key/alarms.ts';
import {
  writeExports,
  writeKeyRotation,
  writePolicyRelease,
  writeResponse,
  writeSignIn,
} from './generator/stolen-key/around.ts';
import { writeBreakIn, writeLookingAround } from './generator/stolen-key/break-in.ts';
import { writeInsight } from './generator/stolen-key/insight.ts';
import { BACK_DOOR, createKeys, EXPORT_USER, FAR_REGION } from './generator/stolen-key/intruder.ts';
import { writeSpoils } from './generator/stolen-key/spoils.ts';
import { iso, STORY_AT_MS, STORY_START_MS } from './generator/story-time.ts';

const SEED = 5_300_046;

const BACKGROUND: Background = {
  fromMs: STORY_START_MS,
  instances: { search: INSTANCES.search, reports: INSTANCES.reports },
  taskMinutes: [95, 155],
};

/** The incident's files by name; the same text on every call. */
export function generateStolenKey(): IncidentFiles {
  const random = createSeededRandom(SEED);
  const recorder = createRecorder(random);
  const eventIds = writeStory(recorder, random);
  const series = createSeries(createSeededRandom(SEED + 1));
  const alarmFiles = createAlarmFiles(ALARM_RULES, series);
  return incidentFiles(incident(eventIds), recorder, alarmFiles, series);
}

type EventIds = ReturnType<typeof writeStory>;

function writeStory(recorder: Recorder, random: SeededRandom) {
  const sessions = createSessions(recorder, random);
  const keys = createKeys(sessions, random);
  const lastRefusal = writeLookingAround(recorder, keys);
  const breakIn = writeBreakIn(recorder, keys);
  const spoils = writeSpoils(recorder, keys, random);
  const rotation = writeKeyRotation(recorder, sessions, random);
  const signIn = writeSignIn(recorder, sessions);
  writeExports(recorder, keys, random);
  writeInsight(recorder);
  writePolicyRelease(recorder, sessions);
  writeResponse(recorder, sessions);
  writePricingDeploy(recorder, sessions);
  writeRoleChain(recorder, sessions);
  writeBasketRelease(recorder, sessions);
  writeDeniedCalls(recorder, sessions);
  writeBackground(recorder, sessions, random, BACKGROUND);
  return { ...breakIn, ...spoils, lastRefusal, rotation, signIn };
}

function incident(ids: EventIds): object {
  const by = (eventId: string, actorContains: string, actorKind?: string) => ({
    eventId,
    actorContains,
    ...(actorKind !== undefined && { actorKind }),
  });
  return {
    title: 'A stolen access key is used',
    class: 'security',
    at: iso(STORY_AT_MS),
    account: ACCOUNT,
    region: HOME,
    regions: [HOME, GLOBAL, FAR_REGION],
    truth: {
      guilty: [ids.widen, ids.user, ids.userRights, ids.key, ids.trail, ids.detector],
      actor: EXPORT_USER,
      onset: '2026-10-14T10:25:00Z',
    },
    who: [
      { query: `event:CreateUser ${BACK_DOOR}`, expect: by(ids.user, EXPORT_USER) },
      { query: 'event:StopLogging northwind-trail', expect: by(ids.trail, EXPORT_USER) },
      {
        query: `who created ${ids.instanceId} region:${FAR_REGION}`,
        expect: by(ids.instances, BACK_DOOR),
      },
      { query: `is:denied user:${EXPORT_USER} since 3h`, expect: by(ids.lastRefusal, EXPORT_USER) },
      {
        query: 'event:CreateAccessKey reports-mailer since 3h',
        expect: by(ids.rotation, PEOPLE.marek.email, 'human'),
      },
      {
        query: 'event:ConsoleLogin user:ilse.varga',
        expect: by(ids.signIn, 'ilse.varga', 'human'),
      },
      { query: 'event:DeleteTrail since 1d', expect: { none: true } },
    ],
  };
}

if (import.meta.main) writeIncident('stolen-key', generateStolenKey());
