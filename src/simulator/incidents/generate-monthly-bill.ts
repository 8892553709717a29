import { createAlarmFiles } from './generator/alarm-files.ts';
import { INSTANCES, PEOPLE } from './generator/cast.ts';
import type { Background } from './generator/decoys/background.ts';
import { writeBackground } from './generator/decoys/background.ts';
import { writeEarlierChanges } from './generator/decoys/earlier-changes.ts';
import { writeBasketRelease, writePricingDeploy } from './generator/decoys/red-herrings.ts';
import type { IncidentFiles } from './generator/incident-files.ts';
import { incidentFiles, writeIncident } from './generator/incident-files.ts';
import { ALARM_RULES, createSeries, STORY_DAYS } from './generator/monthly-bill/alarms.ts';
import {
  writeCapacityRaise,
  writeDatabaseResize,
  writeGateway,
  writeNightlyBatch,
  writeRefusedStart,
  writeResponse,
  writeRetention,
} from './generator/monthly-bill/around.ts';
import { writeSpending } from './generator/monthly-bill/spending.ts';
import type { Recorder } from './generator/recorder.ts';
import { ACCOUNT, createRecorder, GLOBAL, HOME } from './generator/recorder.ts';
import type { SeededRandom } from './generator/seeded-random.ts';
import { createSeededRandom } from './generator/seeded-random.ts';
import { createSessions } from './generator/sessions.ts';
import { daysAgo, iso, STORY_AT_MS } from './generator/story-time.ts';

const SEED = 5_300_017;

const BACKGROUND: Background = {
  fromMs: daysAgo(STORY_DAYS),
  instances: { search: INSTANCES.search },
  taskMinutes: [520, 700],
};

/** The incident's files by name; the same text on every call. */
export function generateMonthlyBill(): IncidentFiles {
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
  const spending = writeSpending(recorder, sessions, random);
  const resize = writeDatabaseResize(recorder, sessions);
  const refusal = writeRefusedStart(recorder, sessions);
  writeNightlyBatch(recorder, sessions, random);
  writeCapacityRaise(recorder, sessions);
  writeGateway(recorder, sessions);
  writeRetention(recorder, sessions);
  writeResponse(recorder, sessions);
  writePricingDeploy(recorder, sessions);
  writeBasketRelease(recorder, sessions);
  writeEarlierChanges(recorder, sessions, random);
  writeBackground(recorder, sessions, random, BACKGROUND);
  return { ...spending, resize, refusal };
}

function incident({ start, instanceId, resize, refusal }: EventIds): object {
  const by = (eventId: string, { email }: { readonly email: string }) => ({
    eventId,
    actorContains: email,
    actorKind: 'human',
  });
  return {
    title: 'The bill rises faster than planned',
    class: 'cost',
    at: iso(STORY_AT_MS),
    account: ACCOUNT,
    region: HOME,
    regions: [HOME, GLOBAL],
    truth: {
      guilty: [start],
      actor: PEOPLE.petra.email,
      actorKind: 'human',
      onset: '2026-10-13T18:00:00Z',
      // Days lie between cause and alarm: nobody should be sure of it by the record alone.
      confidence: 'possible',
    },
    who: [
      { query: `who created ${instanceId} since 7d`, expect: by(start, PEOPLE.petra) },
      {
        query: `event:RunInstances user:${PEOPLE.petra.email} since 7d`,
        expect: by(start, PEOPLE.petra),
      },
      {
        query: 'event:ModifyDBInstance orders-prod since 7d until 2026-10-12',
        expect: by(resize, PEOPLE.marek),
      },
      { query: 'is:denied event:RunInstances since 2d', expect: by(refusal, PEOPLE.noor) },
      { query: `who stopped ${instanceId} since 7d`, expect: { none: true } },
    ],
  };
}

if (import.meta.main) writeIncident('monthly-bill', generateMonthlyBill());
