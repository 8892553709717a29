import { createAlarmFiles } from './generator/alarm-files.ts';
import { INSTANCES, PEOPLE } from './generator/cast.ts';
import { ALARM_RULES } from './generator/checkout-5xx/alarm-rules.ts';
import {
  writeCause,
  writeFailedStop,
  writeRegistration,
  writeResponse,
} from './generator/checkout-5xx/cause.ts';
import { createOtherAlarms } from './generator/checkout-5xx/other-alarms.ts';
import { writePricingStart } from './generator/checkout-5xx/pricing-start.ts';
import { writeScaling } from './generator/checkout-5xx/scaling.ts';
import { createSeries } from './generator/checkout-5xx/series.ts';
import { writeAwsExamples } from './generator/decoys/aws-examples.ts';
import type { Background } from './generator/decoys/background.ts';
import {
  writeAgents,
  writeDelivery,
  writeMonitoring,
  writeTasks,
} from './generator/decoys/background.ts';
import { writeEarlierChanges } from './generator/decoys/earlier-changes.ts';
import {
  writeBasketRelease,
  writeDeniedCalls,
  writeHostileNames,
  writePricingDeploy,
  writeRoleChain,
  writeTerraformRun,
} from './generator/decoys/red-herrings.ts';
import type { IncidentFiles } from './generator/incident-files.ts';
import { incidentFiles, writeIncident } from './generator/incident-files.ts';
import type { Recorder } from './generator/recorder.ts';
import { ACCOUNT, createRecorder, GLOBAL, HOME } from './generator/recorder.ts';
import type { SeededRandom } from './generator/seeded-random.ts';
import { createSeededRandom } from './generator/seeded-random.ts';
import { createSessions } from './generator/sessions.ts';
import { clock, clockYesterday, iso, STORY_AT_MS, STORY_START_MS } from './generator/story-time.ts';

const SEED = 5_300_042;

const BACKGROUND: Background = {
  fromMs: STORY_START_MS,
  instances: {
    ...INSTANCES,
    // It was stopped then.
    checkout: { ...INSTANCES.checkout, silentFromMs: clock('10:41:07') },
  },
  taskMinutes: [32, 52],
};

/** The demo incident's files by name; the same text on every call. */
export function generateCheckout5xx(): IncidentFiles {
  const random = createSeededRandom(SEED);
  const recorder = createRecorder(random);
  const eventIds = writeStory(recorder, random);
  const series = createSeries(createSeededRandom(SEED + 1));
  const alarmFiles = createAlarmFiles(ALARM_RULES, series, createOtherAlarms());
  return incidentFiles(incident(eventIds), recorder, alarmFiles, series);
}

interface EventIds {
  readonly stop: string;
  readonly failedStop: string;
}

function writeStory(recorder: Recorder, random: SeededRandom): EventIds {
  const sessions = createSessions(recorder, random);
  const stop = writeCause(recorder, sessions);
  const failedStop = writeFailedStop(recorder, sessions);
  writeResponse(recorder, sessions);
  writeRegistration(recorder, sessions, clockYesterday('13:06:14'));
  writePricingDeploy(recorder, sessions);
  writeTerraformRun(recorder, sessions, random);
  writeRoleChain(recorder, sessions);
  writeBasketRelease(recorder, sessions);
  writeDeniedCalls(recorder, sessions);
  writeHostileNames(recorder, sessions);
  writeEarlierChanges(recorder, sessions, random);
  writeScaling(recorder, sessions, random);
  writeAgents(recorder, sessions, random, BACKGROUND);
  writeTasks(recorder, sessions, random, BACKGROUND);
  writePricingStart(recorder, sessions, random);
  writeMonitoring(recorder, sessions, random, BACKGROUND);
  writeDelivery(recorder, random, BACKGROUND);
  writeAwsExamples(recorder);
  return { stop, failedStop };
}

function incident({ stop, failedStop }: EventIds): object {
  const { id } = INSTANCES.checkout;
  const byNoor = { eventId: stop, actorContains: PEOPLE.noor.email, actorKind: 'human' };
  return {
    title: 'Checkout returns 5xx',
    class: 'downtime-compute',
    at: iso(STORY_AT_MS),
    account: ACCOUNT,
    region: HOME,
    regions: [HOME, GLOBAL],
    truth: {
      guilty: [stop],
      actor: PEOPLE.noor.email,
      actorKind: 'human',
      onset: '2026-10-14T10:42:00Z',
    },
    who: [
      { query: `who stopped ${id}`, expect: byNoor },
      { query: `who stopped ${id} since 30m`, expect: byNoor },
      {
        query: `is:denied event:StopInstances ${id} since 3h`,
        expect: { eventId: failedStop, actorContains: PEOPLE.petra.email, actorKind: 'human' },
      },
      { query: `who terminated ${id}`, expect: { none: true } },
    ],
  };
}

if (import.meta.main) writeIncident('checkout-5xx', generateCheckout5xx());
