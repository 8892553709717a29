import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { freePort } from '../redis-server.ts';
import { type BotWorld, startBotWorld } from './bot-world.ts';
import { DESKTOP, openVisitor, PHONE, type Visitor } from './browser.ts';
import { SIGNING_SECRET } from './http-bot.ts';
import { settleDocument } from './settle-document.ts';
import { installStoryClock, type StoryClock } from './story-clock.ts';
import { makeStoryFolder, SETTINGS, type StoryCall, type StoryRecovery } from './story-folder.ts';
import { untilAtRest } from './story-rest.ts';

/** Northwind's people, as the local workspace knows them; who is on a phone is seen on one. */
const SCREENS = { desk: DESKTOP, phone: PHONE } as const;

/**
 * One thing that somebody does, through the buttons and forms of the page, at a time of the story.
 * Before it the bot has done all that was due, and after it the bot comes to rest; so it need not
 * wait for anything but what it looks at itself. Moments lie a minute or more apart.
 */
export interface Act<Name extends string> {
  /** `HH:MM:SS` in UTC, on the day of the incident. */
  readonly at: string;
  readonly who: Name;
  /** "states the problem" */
  readonly does: string;
  readonly by: (person: Visitor, others: Readonly<Record<Name, Visitor>>) => Promise<void>;
  /** A picture of what this person sees afterwards, for whoever takes pictures. */
  readonly picture?: { readonly name: string; readonly of: (person: Visitor) => Promise<void> };
}

/** What AWS does by itself, or because of what people did there. */
export interface AlarmTurn {
  readonly at: string;
  readonly alarm: string;
  readonly to: 'OK' | 'ALARM';
  readonly reason: string;
}

/** One incident from `/triage` to its document, as a table. */
export interface Story<Name extends string = string> {
  /** Of the folder in `src/simulator/incidents/` and of the document in `docs/examples/`. */
  readonly name: string;
  readonly cast: Readonly<
    Record<Name, { readonly realName: string; readonly at: 'desk' | 'phone' }>
  >;
  readonly calls: readonly StoryCall[];
  readonly recoveries: readonly StoryRecovery[];
  readonly alarms: readonly AlarmTurn[];
  readonly acts: readonly Act<NoInfer<Name>>[];
}

export interface Told {
  /** As it was uploaded. */
  readonly document: string;
  /** As it is on every machine: what `docs/examples/` holds. */
  readonly example: string;
  /** What the bot complained about, and script errors of the pages. */
  readonly complaints: readonly string[];
}

type TakePicture = (name: string, person: Visitor) => Promise<void>;

/** Helps to type a story's people. */
export function story<Name extends string>(rows: Story<Name>): Story<Name> {
  return rows;
}

/** Plays a story with the real bot in a local workspace, and returns the document it ends in. */
export async function playStory<Name extends string>(
  rows: Story<Name>,
  browser: Browser,
  takePicture: TakePicture = async () => undefined,
): Promise<Told> {
  const folder = await makeStoryFolder(rows.name, rows.calls, rows.recoveries);
  const clock = installStoryClock(folder.atMs);
  try {
    const world = await startStoryWorld(folder.path, clock);
    try {
      return await perform({ rows, world, clock, folder, browser, takePicture });
    } finally {
      await world.close();
    }
  } finally {
    clock.remove();
    await folder.remove();
  }
}

/** By HTTP: a socket would be taken for dead whenever the clock moves. */
async function startStoryWorld(folder: string, { nowMs }: StoryClock): Promise<BotWorld> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/slack/events`;
  return startBotWorld({
    world: { folder, delivery: { mode: 'http', url, signingSecret: SIGNING_SECRET } },
    environment: {
      SLACK_APP_TOKEN: '',
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      PORT: String(port),
      REDTHREAD_CONFIG: join(folder, SETTINGS),
    },
    pauses: { nowMs },
  });
}

interface Stage<Name extends string> {
  readonly rows: Story<Name>;
  readonly world: BotWorld;
  readonly clock: StoryClock;
  readonly folder: { readonly atMs: number };
  readonly browser: Browser;
  readonly takePicture: TakePicture;
}

async function perform<Name extends string>(stage: Stage<Name>): Promise<Told> {
  const { rows, world, clock, folder } = stage;
  const cast = await seatCast(stage);
  const timeOf = (at: string) =>
    Date.parse(`${new Date(folder.atMs).toISOString().slice(0, 11)}${at}Z`);
  let before = '';
  for (const act of rows.acts) {
    const turns = rows.alarms.filter((turn) => isBetween(turn.at, before, act.at));
    before = act.at;
    for (const turn of turns) {
      await passUntil(stage, timeOf(turn.at));
      // To the second, however long the bot has taken to come to rest.
      clock.moveTo(timeOf(turn.at));
      world.demo.aws.setAlarmState(turn.alarm, turn.to, turn.reason);
    }
    await passUntil(stage, timeOf(act.at));
    await play(act, cast, stage);
  }
  const [first] = Object.values<Visitor>(cast);
  if (first === undefined) throw new Error('A story needs somebody.');
  const document = await readDocument(first);
  const moments = rows.acts.map(({ at }) => at);
  return {
    document,
    example: settleDocument(document, moments),
    complaints: [
      ...Object.values<Visitor>(cast).flatMap(({ pageErrors }) => pageErrors),
      ...world.logLines
        .filter(({ level }) => level === 'error')
        .map(({ message, fields }) => `${message} ${JSON.stringify(fields)}`),
    ],
  };
}

async function seatCast<Name extends string>({
  rows,
  world,
  folder,
  browser,
}: Stage<Name>): Promise<Readonly<Record<Name, Visitor>>> {
  const { pageUrl } = world.demo;
  const seats: [string, Visitor][] = [];
  for (const [name, { realName, at }] of Object.entries<Story['cast'][string]>(rows.cast)) {
    const options = { pageUrl, realName, viewport: SCREENS[at], nowMs: folder.atMs };
    seats.push([name, await openVisitor(browser, options)]);
  }
  return Object.fromEntries(seats) as Record<Name, Visitor>;
}

const isBetween = (at: string, after: string, until: string) => at > after && at <= until;

/** Plays one act, and says which one it was when something in it fails. */
async function play<Name extends string>(
  act: Act<Name>,
  cast: Readonly<Record<Name, Visitor>>,
  { world, takePicture }: Stage<Name>,
): Promise<void> {
  const person = cast[act.who];
  try {
    await act.by(person, cast);
    await untilAtRest(world);
    if (act.picture === undefined) return;
    await act.picture.of(person);
    await takePicture(act.picture.name, person);
  } catch (cause) {
    throw new Error(`${act.at}: ${act.who} ${act.does}`, { cause });
  }
}

const STRIDE_MS = 60_000;

/**
 * Lets everything that is due until then be done in its own minute. Whole minutes, because some
 * work comes back a while after it ended, which takes longer on a slow machine.
 */
async function passUntil<Name extends string>(
  { world, clock }: Stage<Name>,
  untilMs: number,
): Promise<void> {
  for (;;) {
    await untilAtRest(world);
    const { nextDueAtMs } = await world.store().workCounts();
    const strideToMs = Math.ceil((nextDueAtMs ?? untilMs) / STRIDE_MS) * STRIDE_MS;
    if (strideToMs >= untilMs) break;
    clock.moveTo(strideToMs);
  }
  clock.moveTo(untilMs);
  await untilAtRest(world);
}

/** The file in the thread, as it was uploaded. */
async function readDocument(person: Visitor): Promise<string> {
  const published = await person.see(/\.md/, person.thread);
  const link = published.getByRole('link', { name: 'Open' }).first();
  const address = await link.evaluate((element) => element.getAttribute('href'));
  const response = await person.page.request.get(new URL(address ?? '', person.page.url()).href);
  return response.text();
}
