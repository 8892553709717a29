import { createAlarmFiles } from './generator/alarm-files.ts';
import { INSTANCES, PEOPLE } from './generator/cast.ts';
import type { Background } from './generator/decoys/background.ts';
import { writeBackground } from './generator/decoys/background.ts';
import { writeEarlierChanges } from './generator/decoys/earlier-changes.ts';
import {
  writeBasketRelease,
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
import { ALARM_RULES, createSeries } from './generator/ssh-timeout/alarms.ts';
import {
  writeReactions,
  writeRefusedResize,
  writeRelease,
  writeReplacement,
} from './generator/ssh-timeout/around.ts';
import { writeCause } from './generator/ssh-timeout/cause.ts';
import { WEBSITE } from './generator/ssh-timeout/website.ts';
import { iso, STORY_AT_MS, STORY_START_MS } from './generator/story-time.ts';

const SEED = 5_300_058;

const BACKGROUND: Background = {
  fromMs: STORY_START_MS,
  instances: {
    // Its way out is open: its agent reports on.
    www: { id: WEBSITE.instanceId, address: WEBSITE.address },
    search: INSTANCES.search,
  },
  taskMinutes: [95, 155],
};

/** The incident's files by name; the same text on every call. */
export function generateSshTimeout(): IncidentFiles {
  const random = createSeededRandom(SEED);
  const recorder = createRecorder(random);
  const eventIds = writeStory(recorder, random);
  const series = createSeries(createSeededRandom(SEED + 1));
  return incidentFiles(incident(eventIds), recorder, createAlarmFiles(ALARM_RULES, series), series);
}

type EventIds = ReturnType<typeof writeStory>;

function writeStory(recorder: Recorder, random: SeededRandom) {
  const sessions = createSessions(recorder, random);
  const cause = writeCause(recorder, sessions);
  const resize = writeRefusedResize(recorder, sessions);
  const reboot = writeReactions(recorder, sessions);
  writeReplacement(recorder, sessions);
  writeRelease(recorder, sessions);
  writeTerraformRun(recorder, sessions, random);
  writeRoleChain(recorder, sessions);
  writeBasketRelease(recorder, sessions);
  writeEarlierChanges(recorder, sessions, random);
  writeBackground(recorder, sessions, random, BACKGROUND);
  return { ...cause, resize, reboot };
}

function incident({ revoke, authorize, resize, reboot }: EventIds): object {
  const { instanceId, securityGroupId } = WEBSITE;
  const by = (eventId: string, { email }: { readonly email: string }) => ({
    eventId,
    actorContains: email,
    actorKind: 'human',
  });
  return {
    title: 'SSH times out and the website is down',
    class: 'unreachable',
    at: iso(STORY_AT_MS),
    account: ACCOUNT,
    region: HOME,
    regions: [HOME, GLOBAL],
    truth: {
      guilty: [revoke],
      actor: PEOPLE.petra.email,
      actorKind: 'human',
      onset: '2026-10-14T10:40:00Z',
    },
    who: [
      {
        query: `event:RevokeSecurityGroupIngress ${securityGroupId}`,
        expect: by(revoke, PEOPLE.petra),
      },
      { query: `who touched ${securityGroupId} since 1h`, expect: by(authorize, PEOPLE.petra) },
      { query: `who rebooted ${instanceId}`, expect: by(reboot, PEOPLE.noor) },
      {
        query: `is:denied event:ModifyInstanceAttribute ${instanceId} since 3h`,
        expect: by(resize, PEOPLE.marek),
      },
      { query: `who stopped ${instanceId}`, expect: { none: true } },
    ],
  };
}

if (import.meta.main) writeIncident('ssh-timeout', generateSshTimeout());
