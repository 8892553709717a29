/** Walks the demo and takes the pictures for the README: `npx node test/support/e2e/take-pictures.ts`. */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../launch-browser.ts';
import { DESKTOP, openVisitor, PHONE, type Visitor } from './browser.ts';
import { type DemoProcess, startDemoProcess } from './demo-process.ts';
import {
  closeIncident,
  confirmHypothesis,
  INSTANCE,
  nameComponent,
  recordFindings,
  reportImplemented,
  verifySolution,
  writeProblem,
} from './demo-steps.ts';

const FOLDER = fileURLToPath(new URL('../../../docs/pictures/', import.meta.url));
/** Room for one answer, and no more. */
const ANSWER = { width: 1_080, height: 560 } as const;
const TITLE = 'checkout returns 5xx';
const BOARD = 'likeliest first';

const browser = await launchBrowser();
const demo = await startDemoProcess();
try {
  await mkdir(FOLDER, { recursive: true });
  await takePictures(demo, browser);
} finally {
  await browser.close();
  await demo.stop();
}

async function takePictures({ pageUrl }: DemoProcess, chromium: Browser): Promise<void> {
  const ana = await openVisitor(chromium, { pageUrl, realName: 'Ana Duarte', viewport: DESKTOP });
  const ben = await openVisitor(chromium, { pageUrl, realName: 'Ben Okafor', viewport: PHONE });
  await ana.say(`/triage ${TITLE} sev2`);
  await ana.openThread('Owner: nobody yet');
  await ana.see(INSTANCE, ana.thread);
  await ana.tap('Take it');
  await ana.see('Owner: @Ana Duarte', ana.thread);
  await ben.openThread('Owner: @Ana Duarte');
  await ana.openForm('State the problem');
  await writeProblem(ana);
  await take(ana, 'form');
  await ana.send('Save');
  await nameComponent(ana);
  await ana.see('Step 3 of 7', ana.thread);
  await ana.see('Leading hypothesis (likely', ana.channel);
  await takeThread(ana);
  await takeGraph(ana);
  await takeRootCard(ben);
  await takeBoard(ben);
  await tapOnBoard(ben, 'Test this');
  await ben.send('Start the test');
  await ana.see('Step 4 of 7', ana.thread);
  await takeAnswer(
    await openVisitor(chromium, { pageUrl, realName: 'Ben Okafor', viewport: ANSWER }),
  );
  await confirmHypothesis(ben);
  await ana.see('Step 5 of 7', ana.thread);
  await tapOnBoard(ana, 'Plan this fix');
  await ana.send('Propose');
  await ben.tap('Approve the plan');
  await reportImplemented(ana);
  await verifySolution(ana);
  await recordFindings(ana);
  await closeIncident(ana);
  await takeDocument(ana);
}

async function takeRootCard(person: Visitor): Promise<void> {
  await scrollTo(person, TITLE, person.thread);
  await take(person, 'phone');
}

/** The likeliest cause in one glance, and all its reasons in one tap. */
async function takeBoard(person: Visitor): Promise<void> {
  await scrollTo(person, BOARD, person.thread);
  await take(person, 'board');
  await tapOnBoard(person, 'Why?');
  await take(person, 'why');
  await person.dialog.getByRole('button', { name: 'Back' }).click();
  await person.dialog.waitFor({ state: 'detached' });
}

/** The first button with this label on the board: the one of the likeliest cause. */
async function tapOnBoard(person: Visitor, label: string): Promise<void> {
  const board = person.thread.getByRole('article').filter({ hasText: BOARD }).last();
  await board.getByRole('button', { name: label, exact: true }).first().click();
  await person.dialog.waitFor();
}

async function takeGraph(person: Visitor): Promise<void> {
  await scrollTo(person, 'The alarm goes off above', person.thread);
  await take(person, 'graph');
}

async function takeThread(person: Visitor): Promise<void> {
  await scrollTo(person, 'SEV2', person.channel);
  await scrollTo(person, 'checkout-healthy-hosts', person.thread);
  await take(person, 'thread');
}

async function takeAnswer(person: Visitor): Promise<void> {
  await person.say(`/trail who stopped ${INSTANCE}`);
  await person.see('StopInstances', person.channel);
  await take(person, 'trail');
}

async function takeDocument(person: Visitor): Promise<void> {
  const published = await person.see(/\.md/, person.thread);
  await published.getByRole('button', { name: 'Show more' }).first().click();
  await scrollTo(person, /\.md/, person.thread);
  await take(person, 'document');
}

/** Puts the first message with this text at the top of its list. */
async function scrollTo(
  person: Visitor,
  text: string | RegExp,
  where: Visitor['thread'],
): Promise<void> {
  const message = where.getByRole('article').filter({ hasText: text }).first();
  await message.evaluate((element) => element.scrollIntoView({ block: 'start' }));
  await person.page.evaluate('document.activeElement.blur()');
  await person.page.mouse.move(1, 1);
}

function take(person: Visitor, name: string): Promise<Buffer> {
  return person.page.screenshot({ path: `${FOLDER}${name}.png`, animations: 'disabled' });
}
