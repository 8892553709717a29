/** Takes the pictures of docs/install.md: `npx node test/support/e2e/take-install-pictures.ts`. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { type DemoWorld, startDemoWorld } from '../../../src/cli/demo-world.ts';
import { northwindSeed } from '../../../src/simulator/workspace/seed.ts';
import { MANIFEST } from '../../../src/slack/manifest.ts';
import { launchBrowser } from '../launch-browser.ts';
import { until } from '../poll.ts';
import { runCommandIn } from '../run-command.ts';
import { openVisitor, type Visitor } from './browser.ts';
import { takeTerminal } from './terminal-picture.ts';

const FOLDER = fileURLToPath(new URL('../../../docs/pictures/', import.meta.url));
const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const DOCTOR = 'npm run -s redthread -- doctor';
/** What a stranger calls the folder; this machine's own one is in no picture. */
const SHOWN_FOLDER = '/srv/redthread';
const CHANNEL = { width: 960, height: 600 } as const;
const NO_METADATA = { AWS_EC2_METADATA_DISABLED: 'true' } as const;
const GUEST = { name: 'gil', realName: 'Gil Mora', email: 'gil@partner.example' } as const;
const SEED = {
  ...northwindSeed,
  people: [...northwindSeed.people, { ...GUEST, timeZone: 'Europe/Madrid', isGuest: true }],
};

const folder = await mkdtemp(join(tmpdir(), 'redthread-pictures-'));
const browser = await launchBrowser();
try {
  await mkdir(FOLDER, { recursive: true });
  await takeUnset();
  await takeUngranted();
  await takeFirstDays(browser);
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}

/** Nothing has been set yet. */
async function takeUnset(): Promise<void> {
  const { out } = await runCommandIn({ REDTHREAD_DATA: dataFolder() }, 'doctor');
  await takePrinted('install-doctor-unset', DOCTOR, out);
}

/** The app was changed and not installed again, and its app-level token is of another one. */
async function takeUngranted(): Promise<void> {
  const needed: readonly string[] = MANIFEST.oauth_config.scopes.bot;
  const grantedScopes = needed.filter((scope) => scope !== 'reactions:read');
  const world = await startDemoWorld({ port: 0, grantedScopes });
  const settings = {
    ...withoutAws(world),
    SLACK_APP_TOKEN: 'xapp-1-of-another-app',
  };
  const { out } = await runCommandIn(settings, 'doctor');
  await world.close();
  await takePrinted('install-doctor-bad', DOCTOR, out);
}

async function takeFirstDays(chromium: Browser): Promise<void> {
  const world = await startDemoWorld({ port: 0, seed: SEED });
  try {
    const { out } = await runCommandIn(withAws(world), 'doctor');
    await takePrinted('install-doctor-good', DOCTOR, out);
    const bot = await startPrinting(world, withoutAws(world));
    await takePrinted('install-start', 'npm start', bot.printed());
    await takeFirstWords(world, chromium);
    await bot.stop();
  } finally {
    await world.close();
  }
}

/** What people see first: help, an incident that has no AWS yet, the connections, and being refused. */
async function takeFirstWords({ pageUrl }: DemoWorld, chromium: Browser): Promise<void> {
  const visit = (realName: string) =>
    openVisitor(chromium, { pageUrl, realName, viewport: CHANNEL });
  const ana = await visit('Ana Duarte');
  await ana.say('/triage help');
  await scrollTo(ana, '/triage', ana.channel);
  await take(ana, 'install-help');
  await ana.say('/triage checkout returns 5xx sev2');
  await ana.openThread('Owner: nobody yet');
  await ana.see('No AWS credentials were found', ana.thread);
  await scrollTo(ana, 'SEV2', ana.channel);
  await scrollTo(ana, 'newest first', ana.thread);
  await take(ana, 'install-first-incident');
  await ana.page.getByRole('button', { name: 'Home' }).click();
  await ana.page.getByText('My connections').waitFor();
  await ana.page.getByText('My connections').evaluate((title) => title.scrollIntoView());
  await take(ana, 'install-home');
  const gil = await visit(GUEST.realName);
  await gil.say('/trail who stopped i-0c4e8d21f6ab97530');
  await gil.see('not open to guests', gil.channel);
  await take(gil, 'install-refused');
}

/** The bot as `npm start` runs it, with what it prints. */
async function startPrinting(world: DemoWorld, settings: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [MAIN, 'start'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', ...settings },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const ended = new Promise((done) => child.once('exit', done));
  await until('the bot is connected', () => printed.includes('redthread is connected'));
  await until('both sockets', () => world.botConnected());
  return {
    printed: () => printed,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function withAws({ botEnvironment }: DemoWorld): Readonly<Record<string, string>> {
  return { ...botEnvironment, REDTHREAD_DATA: dataFolder() };
}

function withoutAws(world: DemoWorld): Readonly<Record<string, string>> {
  const own = Object.entries(withAws(world)).filter(
    ([name]) => !/^AWS_(ENDPOINT|ACCESS|SECRET)/.test(name),
  );
  return { ...Object.fromEntries(own), ...NO_METADATA };
}

function dataFolder(): string {
  return join(folder, 'data');
}

async function takePrinted(name: string, command: string, printed: string): Promise<void> {
  const output = printed.replaceAll(folder, SHOWN_FOLDER);
  await takeTerminal(browser, { command, output }, `${FOLDER}${name}.png`);
}

/** Puts the newest message with this text at the top of its list. */
async function scrollTo(person: Visitor, text: string, where: Visitor['thread']): Promise<void> {
  const message = await person.see(text, where);
  await message.evaluate((element) => element.scrollIntoView({ block: 'start' }));
}

async function take(person: Visitor, name: string): Promise<void> {
  await person.page.mouse.move(1, 1);
  await person.page.screenshot({ path: `${FOLDER}${name}.png`, animations: 'disabled' });
}
