import { LINK_ACTION } from '../../../../src/slack/ids.ts';
import { eventBridgeMessage } from '../../alarm-messages.ts';
import { ALARM_QUEUE } from '../alarm-world.ts';
import { homeTab } from '../home.ts';
import { keepPastIncident } from '../past-incidents.ts';
import { walk } from '../person.ts';
import type { ControlRow, Stage } from './stage.ts';

const HOUR_MS = 3_600_000;

function sendAlarm({ world }: Stage, name: string): void {
  const message = eventBridgeMessage({ name, atMs: Date.now() - 60_000 });
  world.demo.aws.queues.send(ALARM_QUEUE, message);
}

async function alarmFires(stage: Stage, name: string): Promise<string> {
  sendAlarm(stage, name);
  const { ana } = stage;
  const card = await ana.seeMessage(new RegExp(`Alarm ${name} .*RT-[0-9A-Z]{5}`));
  return /RT-[0-9A-Z]{5}/.exec(ana.textOf(card))?.[0] ?? '';
}

/** An alarm opens something, and people say what it is. */
export const ALARM_ROWS: readonly ControlRow[] = [
  {
    controls: ['open decline', 'form decline'],
    sees: /Not an incident: A load test/,
    act: async (stage) => {
      const incidentId = await alarmFires(stage, 'declined');
      await stage.ana.fill('Not an incident', { 'Why not?': 'A load test' }, incidentId);
      await stage.ana.seeMessage('☑️ Closed');
    },
  },
  {
    controls: ['tap accept-incident'],
    sees: /owns it now/,
    act: async (stage) => {
      const incidentId = await alarmFires(stage, 'accepted');
      stage.kept.set('accepted', incidentId);
      await stage.ana.tap('Accept', incidentId);
    },
  },
  {
    controls: ['tap separate-alarm', 'form separate'],
    sees: /🔔 other in ALARM since/,
    act: async (stage) => {
      sendAlarm(stage, 'other');
      await stage.ana.fill('Own incident', { 'Which alarm': 'other' });
    },
  },
  {
    controls: ['tap merge-incident', 'form merge'],
    sees: /other joined, merged from/,
    act: async ({ ana, kept }) => {
      await ana.tap('Merge', /Alarm other/);
      await ana.seeForm('Merge');
      await ana.submit({ 'Which incident': kept.get('accepted') ?? '' });
    },
  },
];

/** A reminder that nobody reacted to yet, of an incident of its own. */
async function reminded({ ana }: Stage, title: string): Promise<void> {
  await ana.say(`/triage ${title} sev1`);
  await ana.seeMessage(`Nobody owns this SEV1 yet`);
}

export const NUDGE_ROWS: readonly ControlRow[] = (
  [
    ['snooze-nudges', 'Snooze 30 min', /Reminded .*put it off until/],
    ['snooze-till-tomorrow', 'Until tomorrow', /Reminded .*put it off until/],
    ['stop-nudges', 'Stop nudging', /has stopped reminders/],
  ] as const
).map(
  ([tap, label, sees]): ControlRow => ({
    controls: [`tap ${tap}`],
    sees,
    act: async (stage) => {
      await reminded(stage, tap);
      await stage.ana.tap(label, 'Nobody owns this SEV1 yet');
    },
  }),
);

const TITLES = ['one', 'two', 'three', 'four', 'five', 'six'];

const homeOf = ({ world, ana }: Stage) => homeTab(world.demo.workspace, ana);

/** What is to be seen of all incidents, and of earlier ones. */
export const HOME_ROWS: readonly ControlRow[] = [
  {
    controls: ['tap dismiss-similar'],
    sees: /Set aside: RT-PAST1/,
    act: async ({ world, ana }) => {
      await keepPastIncident(world.store(), {
        incidentId: 'RT-PAST1',
        channelId: ana.channelId,
        title: 'certificate warnings at the checkout',
        openedAtMs: Date.now() - 2 * HOUR_MS,
      });
      await ana.say('/triage certificate warnings at the checkout again');
      await ana.tap('Something else', 'It looks like');
    },
  },
  {
    controls: ['event app_home_opened'],
    sees: /Open incidents/,
    act: async (stage) => {
      for (const title of TITLES) await stage.ana.say(`/triage paged ${title} sev4`);
      await homeOf(stage).open();
    },
  },
  {
    controls: ['link'],
    sees: /^https?:\/\/.*\/archives\/\w+\/p\d+/,
    act: async (stage) => {
      const { ana, kept } = stage;
      await homeOf(stage).tap('Open the thread');
      const button = walk(ana.view().home).find(({ action_id }) => action_id === LINK_ACTION);
      kept.set('opened', String(button?.['url']));
    },
  },
  {
    controls: ['home:next'],
    sees: /Open incidents.*Back/,
    act: async (stage) => {
      const home = homeOf(stage);
      await home.see(/and \d+ more/);
      await home.tap(home.labels().find((label) => /^and \d+ more$/.test(label)) ?? '');
    },
  },
  {
    controls: ['home:back'],
    sees: /Open incidents(?!.*Back)/,
    act: (stage) => homeOf(stage).tap('Back'),
  },
  {
    controls: ['home:trend'],
    sees: /\.png/,
    act: (stage) => homeOf(stage).tap('Send me the trend as a picture'),
  },
];
