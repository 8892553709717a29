import { until } from '../../poll.ts';
import { told } from '../told.ts';
import { type ControlRow, incidentOf, type Stage } from './stage.ts';

/** What a command is answered with, to the asker alone. */
const VERBS: readonly (readonly [verb: string, typed: string, sees: RegExp])[] = [
  ['help', 'help', /How to use Redthread/],
  ['drill', 'drill checkout is slow', /is open as a DRILL/],
  ['status', 'status', /Last activity/],
  ['list', 'list', /Open in this channel/],
  ['take', 'take', /You own it now/],
  ['mine', 'mine', /Open and yours/],
  ['find', 'find slow', /No incident of this channel holds these words/],
  ['note', 'note Somebody restarted it.', /Noted\./],
  ['severity', 'severity sev2', /is SEV2 now/],
  ['title', 'title Checkout is slow again', /has its new title/],
  ['escalate', 'escalate Network team: we need help', /The escalation is on the record/],
];

/** Says so in the thread of the incident; the message's own timestamp. */
async function saysInThread({ ben }: Stage, text: string): Promise<string> {
  const card = await ben.seeMessage('Put 📌 on a message');
  await ben.say(text, card.ts);
  return (await ben.seeMessage(text)).ts;
}

/** Waits until the record holds these messages and no others. */
const untilCaptured = (stage: Stage, texts: readonly string[]) =>
  until(`the record holds ${texts.join()}`, async () => {
    const { capturedMessages } = await incidentOf(stage);
    return JSON.stringify(capturedMessages.map(({ text }) => text)) === JSON.stringify(texts);
  });

/** A pinned message that is edited afterwards, and what the document then says. */
async function pinAndEdit(stage: Stage): Promise<void> {
  const { world, ana, ben } = stage;
  const ts = await saysInThread(stage, 'First seen at noon.');
  stage.kept.set('pinned', ts);
  await ana.react(ts, 'pushpin');
  await untilCaptured(stage, ['First seen at noon.']);
  const edit = {
    type: 'edit',
    channelId: ben.channelId,
    ts,
    text: 'First seen at 11:50.',
  } as const;
  await world.demo.workspace.perform(ben.id, edit);
  await untilCaptured(stage, ['First seen at 11:50.']);
  await ana.say('/triage export');
}

const CAPTURE = ['reaction_added pushpin', 'event reaction_added'];

/** Everything that is typed, in a channel and in a thread, and what is kept of a conversation. */
export const THREAD_ROWS: readonly ControlRow[] = [
  ...VERBS.map(
    ([verb, typed, sees]): ControlRow => ({
      controls: [`command /triage ${verb}`],
      sees,
      act: ({ ana }) => ana.say(`/triage ${typed}`),
    }),
  ),
  {
    controls: ['command /triage handoff'],
    sees: /You own this incident now/,
    act: ({ ana, ben }) => ana.say(`/triage handoff <@${ben.id}>`),
  },
  {
    controls: ['event app_mention'],
    isInThread: true,
    sees: /No incident of this channel holds these words/,
    act: (stage) => saysInThread(stage, `<@${stage.world.demo.workspace.botUserId}> find slow`),
  },
  {
    controls: [...CAPTURE, 'event message.channels', 'command /triage export'],
    sees: /^# [\s\S]*First seen at 11:50\./,
    act: pinAndEdit,
  },
  {
    controls: ['reaction_removed pushpin', 'event reaction_removed'],
    sees: /^# (?![\s\S]*First seen)[\s\S]*Somebody restarted it/,
    act: async (stage) => {
      await stage.ana.react(stage.kept.get('pinned') ?? '', 'pushpin', false);
      await untilCaptured(stage, []);
      await stage.ana.say('/triage export');
    },
  },
  {
    controls: ['shortcut add_to_timeline'],
    isInThread: true,
    sees: /Added to the timeline/,
    act: async (stage) => {
      const ts = await saysInThread(stage, 'It is better now.');
      await runShortcut(stage, 'add_to_timeline', ts);
    },
  },
  {
    controls: ['tap release-message'],
    sees: /Off the timeline of RT-\w{5}/,
    act: ({ ana }) => ana.tap('Take it off the timeline'),
  },
  {
    controls: ['shortcut start_triage_from_message', 'form start'],
    sees: /SEV\d · Mail is late/,
    act: async (stage) => {
      await stage.ben.say('Mail is late');
      await runShortcut(
        stage,
        'start_triage_from_message',
        (await stage.ben.seeMessage('Mail is late')).ts,
      );
      await stage.ana.seeForm('Start an incident');
      await stage.ana.submit({});
    },
  },
  {
    controls: ['command /triage close'],
    sees: /Closed\. I am writing the document/,
    act: async (stage) => {
      const { incidentId } = await incidentOf(stage);
      stage.kept.set('closed', incidentId);
      await stage.ana.say(`/triage close ${incidentId} enough`);
    },
  },
  {
    controls: ['command /triage reopen'],
    sees: /RT-\w{5} is open again/,
    act: ({ ana, kept }) => ana.say(`/triage reopen ${kept.get('closed')} It is back.`),
  },
  {
    controls: ['command /triage redact', 'form redact'],
    sees: /The text is out of RT-\w{5}: \d+ places? of the record changed/,
    act: async ({ ana, kept }) => {
      await ana.say(`/triage redact ${kept.get('closed')}`);
      await ana.seeForm('Take text out');
      await ana.submit({ 'Which text?': 'It is back.', 'Why?': 'It names somebody.' });
    },
  },
];

async function runShortcut({ world, ana }: Stage, callbackId: string, ts: string): Promise<void> {
  const { id, channelId } = ana;
  const action = { type: 'message-shortcut', callbackId, channelId, ts } as const;
  await world.demo.workspace.perform(id, action);
}

/** The same in a private channel, of which Slack tells by another event. */
export const PRIVATE_ROWS: readonly ControlRow[] = [
  {
    controls: ['event message.groups'],
    sees: /^# [\s\S]*First seen at 11:50\./,
    act: async (stage) => {
      await stage.ana.say('/triage payroll is late');
      await pinAndEdit(stage);
    },
  },
];

/** Where the bot is no member, the card comes when it is invited. */
export const UNINVITED_ROWS: readonly ControlRow[] = [
  {
    controls: ['event member_joined_channel'],
    sees: /SEV\d · renewals are slow/,
    act: async ({ world, ana }) => {
      await ana.say('/triage renewals are slow');
      const { id, channelId } = ana;
      await told(ana, /\/invite @redthread/);
      const action = { type: 'invite-bot', channelId, invite: true } as const;
      await world.demo.workspace.perform(id, action);
    },
  },
  {
    controls: ['event member_left_channel'],
    sees: /You have left .* and still own .*renewals are slow/,
    act: async ({ world, ana }) => {
      await ana.tap('Take it');
      await ana.seeMessage('owns it now');
      world.demo.workspace.faults.removePerson(ana.channelId, ana.id);
    },
  },
];

/** An incident that grew goes on elsewhere; the thread that it left says where. */
export const MOVE_ROWS: readonly ControlRow[] = [
  {
    controls: ['tap move-channel', 'form relocate'],
    sees: /Go on there/,
    act: async ({ world, ana }) => {
      await ana.say('/triage one region is slow');
      await ana.tap('More');
      await ana.tap('Move to another channel', /What you can do now/);
      await ana.seeForm('Move to a channel');
      await ana.submit({ 'Which channel': world.demo.workspace.channelId('general') });
    },
  },
  {
    controls: ['command /triage move'],
    sees: /goes on in/,
    act: async ({ world, ana }) => {
      await ana.say('/triage all regions are slow');
      await ana.seeMessage('all regions are slow');
      await ana.say(`/triage move <#${world.demo.workspace.channelId('deploys')}|deploys>`);
    },
  },
];
