/** Takes the picture of the Home tab for the README: `npx node test/support/e2e/take-home-picture.ts`. */
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../launch-browser.ts';
import { until } from '../poll.ts';
import { startBotWorld } from './bot-world.ts';
import { openVisitor } from './browser.ts';
import { homeTab } from './home.ts';
import { keepPastIncident } from './past-incidents.ts';
import { openSession } from './sessions.ts';

const FILE = fileURLToPath(new URL('../../../docs/pictures/home.png', import.meta.url));
const VIEWPORT = { width: 1_080, height: 1_260 } as const;
const DAY_MS = 86_400_000;

/** Days ago, minutes from step to step, and which playbook: a team that gets faster. */
const PAST = [
  [78, 16, 'Downtime'],
  [71, 19, 'Downtime'],
  [66, 14, 'Cost overrun'],
  [55, 15, 'Downtime'],
  [52, 12, 'Access denied'],
  [47, 17, 'Downtime'],
  [44, 9, 'Instance unreachable'],
  [38, 11, 'Downtime'],
  [33, 12, 'Cost overrun'],
  [27, 8, 'Downtime'],
  [22, 7, 'Access denied'],
  [19, 9, 'Downtime'],
  [12, 6, 'Downtime'],
  [9, 6, 'Instance unreachable'],
  [5, 4, 'Downtime'],
] as const;

const STORIES = [
  [
    'Checkout answers 503',
    'A clean-up job removed the rule for port 443 from sg-0abc.',
    'Rule restored by the pipeline; the job has a dry run now.',
  ],
  [
    'Batch host cannot be reached',
    'The route to the NAT gateway was replaced while the subnet moved.',
    'Route put back; the move is a change with an approval now.',
  ],
] as const;

const browser = await launchBrowser();
const world = await startBotWorld();
try {
  const { channelId } = world;
  const nowMs = Date.now();
  for (const [index, [daysAgo, paceMinutes, playbookTitle]] of PAST.entries()) {
    const story = STORIES[PAST.length - 1 - index];
    await keepPastIncident(world.store(), {
      incidentId: `RT-P${String(index).padStart(2, '0')}QX`,
      channelId,
      openedAtMs: nowMs - daysAgo * DAY_MS,
      paceMinutes,
      playbookTitle,
      ...(story !== undefined && {
        title: story[0],
        rootCause: story[1],
        fix: story[2],
        documentLink: 'https://northwind-demo.slack.com/files/U1/F1/record.md',
      }),
    });
  }
  const ana = world.person('ana');
  const ben = world.person('ben', 'deploys');
  const first = await openSession(ana, 'checkout returns 5xx sev2');
  await ana.tap('Take it', first.incidentId);
  await ana.seeMessage('Leading hypothesis');
  await openSession(ben, 'image builds wait for a runner sev3');
  const visitor = await openVisitor(browser, {
    pageUrl: world.demo.pageUrl,
    realName: 'Ana Duarte',
    viewport: VIEWPORT,
  });
  await visitor.page.getByRole('button', { name: 'Home' }).click();
  await until('the hypothesis on Home', () =>
    homeTab(world.demo.workspace, ana).text().includes('Leading hypothesis'),
  );
  await visitor.page.getByText('My connections').waitFor();
  await visitor.page.mouse.move(1, 1);
  await visitor.page.screenshot({ path: FILE, animations: 'disabled' });
} finally {
  await browser.close();
  await world.close();
}
