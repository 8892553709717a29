import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESKTOP, openVisitor, PHONE, type Visitor } from '../support/e2e/browser.ts';
import { type DemoProcess, startDemoProcess } from '../support/e2e/demo-process.ts';
import {
  addHypothesis,
  closeIncident,
  confirmHypothesis,
  INSTANCE,
  nameComponent,
  planSolution,
  recordFindings,
  reportImplemented,
  startTest,
  verifySolution,
  writeProblem,
} from '../support/e2e/demo-steps.ts';
import { launchBrowser } from '../support/launch-browser.ts';

/** The demo as it is started by hand, and two people in front of it: one at a desk, one on a phone. */
describe('the demo in a browser', { timeout: 120_000 }, () => {
  let demo: DemoProcess;
  let browser: Browser;
  let ana: Visitor;
  let ben: Visitor;

  beforeAll(async () => {
    browser = await launchBrowser();
    demo = await startDemoProcess();
    const { pageUrl } = demo;
    ana = await openVisitor(browser, { pageUrl, realName: 'Ana Duarte', viewport: DESKTOP });
    ben = await openVisitor(browser, { pageUrl, realName: 'Ben Okafor', viewport: PHONE });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });

  it('offers the form to a bare command while nothing is open, and help in words', async () => {
    await ana.say('/triage');
    await ana.dialog.getByLabel('What is wrong?').waitFor();
    await ana.send('Cancel');
    await ana.say('/triage help');
    const help = await ana.see('Who did that in AWS?');

    expect(await help.innerText()).toContain('/triage checkout returns 5xx since 10:42 sev2');
    expect(await help.innerText()).toContain('Only visible to you');
  });

  it('opens from words, with the root card and the evidence in its thread for both', async () => {
    await ana.say('/triage checkout returns 5xx sev2');
    await ana.openThread('Owner: nobody yet');
    await ana.see('checkout-healthy-hosts', ana.thread);
    await ana.see(INSTANCE, ana.thread);
    await ben.openThread('Owner: nobody yet');
    const root = await ben.see('Owner: nobody yet', ben.thread);

    expect(await root.innerText()).toContain('checkout returns 5xx');
    expect(await root.innerText()).toContain('SEV2');
    expect(await ben.page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
  });

  it('answers who stopped the instance, to the asker alone', async () => {
    await ana.say(`/trail who stopped ${INSTANCE}`);
    const answer = await ana.see('StopInstances', ana.channel);

    expect(await answer.innerText()).toMatch(
      new RegExp(`noor\\.haddad@northwind\\.example\\s+stopped\\s+${INSTANCE}`),
    );
    expect(await answer.innerText()).toContain('Only visible to you');
    expect(await ben.page.getByText('(StopInstances)').count()).toBe(0);
  });

  it('shows who owns it as soon as somebody takes it', async () => {
    await ana.tap('Take it');

    await ana.see('Owner: @Ana Duarte', ana.thread);
    await ben.see('Owner: @Ana Duarte', ben.thread);
  });

  it('says at the field what a form lacks, and goes on when it is there', async () => {
    const form = await ana.openForm('State the problem');
    // It begins with the title.
    await form.getByLabel('What exactly is wrong?').fill('');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByRole('alert').getByText('Please complete this required field.').waitFor();
    const symptoms = form.getByLabel('What exactly is wrong?');
    expect(await symptoms.getAttribute('aria-invalid')).toBe('true');
    await writeProblem(ana);
    await ana.send('Save');
    await nameComponent(ana);

    await ben.see('Step 3 of 7', ben.thread);
  });

  it('takes a hypothesis from the phone, its test and the verdict', async () => {
    await addHypothesis(ben);
    await startTest(ben);
    await confirmHypothesis(ben);

    await ana.see('Step 5 of 7', ana.thread);
  });

  it('lets nobody approve their own plan, and goes on when the other does', async () => {
    await planSolution(ana);
    // Until the plan's own card is there, the button is on the incident's card alone.
    await ana.see('Planned by', ana.thread);
    await ana.tap('Approve the plan');
    const refusal = await ana.see('You planned this, so another person has to approve it.');
    expect(await refusal.innerText()).toContain('Only visible to you');
    await ben.tap('Approve the plan');
    await reportImplemented(ana);
    await verifySolution(ana);

    await ben.see('Step 7 of 7', ben.thread);
  });

  it('answers a mention in the thread, and keeps the message that got a pin', async () => {
    await ben.reply('I saw the first complaint from a customer.');
    const said = await ana.see('first complaint', ana.thread);
    await said.hover();
    await said.getByRole('button', { name: 'Add reaction' }).click();
    await said.getByRole('menuitem', { name: /pushpin/ }).click();
    await said.getByRole('button', { name: 'pushpin, 2' }).waitFor();
    await ana.reply('@redthread status');
    const status = await ana.see(/Only visible to you.*checkout returns 5xx/s, ana.thread);

    expect(await status.innerText()).toContain('checkout returns 5xx');
  });

  it('shows the menu of what is open to a bare command', async () => {
    await ana.say('/triage');
    const menu = await ana.see('Start another', ana.channel);

    expect(await menu.getByRole('button', { name: 'Escalate' }).isVisible()).toBe(true);
  });

  it('closes with a document that can be opened and read', async () => {
    await recordFindings(ana);
    await closeIncident(ana);
    const published = await ana.see(/\.md/, ana.thread);
    const address = await published
      .getByRole('link', { name: 'Open' })
      .first()
      .getAttribute('href');
    const file = await ana.page.context().request.get(new URL(address ?? '', demo.pageUrl).href);
    const document = await file.text();

    expect(document.match(/^#+ .*$/gm)).toEqual(
      expect.arrayContaining([expect.stringContaining('checkout returns 5xx')]),
    );
    expect(document).toContain('first complaint from a customer');
    await published.getByRole('heading', { name: /checkout returns 5xx/ }).waitFor();
    expect(await published.innerText()).toMatch(/closed \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/);
    await ben.see('Closed', ben.thread);
  });

  it('starts from a message, in its own thread, by the menu of the message', async () => {
    const said = await ana.see('Nothing open from my side', ana.channel);
    await said.hover();
    await said.getByRole('button', { name: 'More actions' }).click();
    await said.getByRole('menuitem', { name: 'Start triage from here' }).click();
    const title = ana.dialog.getByLabel('What is wrong?');
    expect(await title.inputValue()).toContain('Nothing open from my side');
    await title.fill('Card renewals are slow');
    await ana.send('Start');

    await ana.openThread('Nothing open from my side');
    await ana.see('Card renewals are slow', ana.thread);
    await ana.see('From AWS: Found', ana.thread);
  });

  it('had no script error on either page, and ended by Ctrl-C without a complaint', async () => {
    expect([...ana.pageErrors, ...ben.pageErrors]).toEqual([]);
    await browser.close();

    expect(await demo.stop()).toBe(0);
    expect(demo.output()).not.toMatch(/"level":[45]0/);
  });
});
