import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAlarmFiles } from './generator/alarm-files.ts';
import { writeAwsExamples } from './generator/aws-examples.ts';
import { writeBackground, writeScaling } from './generator/background.ts';
import { INSTANCES, PEOPLE } from './generator/cast.ts';
import {
  writeCause,
  writeFailedStop,
  writeRegistration,
  writeResponse,
} from './generator/cause.ts';
import { writeEarlierChanges } from './generator/earlier-changes.ts';
import { createSeries } from './generator/metric-series.ts';
import type { Recorder } from './generator/recorder.ts';
import { ACCOUNT, createRecorder, GLOBAL, HOME } from './generator/recorder.ts';
import {
  writeBasketRelease,
  writeDeniedCalls,
  writeHostileNames,
  writePricingDeploy,
  writeRoleChain,
  writeTerraformRun,
} from './generator/red-herrings.ts';
import type { SeededRandom } from './generator/seeded-random.ts';
import { createSeededRandom } from './generator/seeded-random.ts';
import { createSessions } from './generator/sessions.ts';
import { clockYesterday, iso, STORY_AT_MS } from './generator/story-time.ts';

const SEED = 5_300_042;

/** The demo incident's files by name; the same text on every call. */
export function generateCheckout5xx(): Readonly<Record<string, string>> {
  const random = createSeededRandom(SEED);
  const recorder = createRecorder(random);
  const eventIds = writeStory(recorder, random);
  const series = createSeries(createSeededRandom(SEED + 1));
  const { alarms, history } = createAlarmFiles(series);
  const lines = recorder.records.toSorted((a, b) => a.timeMs - b.timeMs).map(({ line }) => line);
  const metrics = Object.values(series).map((each) => JSON.stringify(each));
  return {
    'incident.json': `${JSON.stringify(incident(eventIds), null, 2)}\n`,
    'events.jsonl': `${lines.join('\n')}\n`,
    'alarms.json': `${JSON.stringify(alarms, null, 2)}\n`,
    'history.json': `${JSON.stringify(history, null, 2)}\n`,
    'metrics.json': `{"Metrics":[\n${metrics.join(',\n')}\n]}\n`,
  };
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
  writeBackground(recorder, sessions, random);
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

if (import.meta.main) {
  for (const [name, text] of Object.entries(generateCheckout5xx())) {
    writeFileSync(join(import.meta.dirname, 'checkout-5xx', name), text);
  }
}
