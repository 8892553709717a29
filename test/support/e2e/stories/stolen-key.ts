import type { AlarmTurn } from '../story.ts';
import { story } from '../story.ts';
import { choose, openFromMenu, scrollTo } from '../story-steps.ts';
import { BACK_DOOR, EXPORT_USER, MACHINES, STOLEN_KEY_CALLS } from './stolen-key-calls.ts';
import { UNDERSTOOD } from './stolen-key-understood.ts';

const over = (at: string, alarm: string): AlarmTurn => ({
  at,
  alarm,
  to: 'OK',
  reason:
    'Threshold Crossed: 1 out of the last 1 datapoints [0.0] was not greater than the threshold (0.0).',
});

/** Breach: a key got out. It is contained before it is understood, and one hands over to the next. */
export const STOLEN_KEY = story({
  name: 'stolen-key',
  cast: {
    tomas: { realName: 'Tomas Lindqvist', at: 'desk' },
    ben: { realName: 'Ben Okafor', at: 'desk' },
    marek: { realName: 'Marek Dvorak', at: 'phone' },
  },
  calls: STOLEN_KEY_CALLS,
  recoveries: [
    { at: '11:45:00', metric: 'IAMPolicyChanges', value: 0 },
    { at: '11:45:00', metric: 'CloudTrailConfigChanges', value: 0 },
  ],
  alarms: [
    over('11:50:22', 'CIS-4.4-IAMPolicyChanges'),
    over('11:50:23', 'CIS-4.5-CloudTrailChanges'),
  ],
  acts: [
    {
      at: '10:56:20',
      who: 'tomas',
      does: 'opens the incident with one line, and its thread',
      by: async (tomas, { ben, marek }) => {
        await tomas.say(`/triage suspicious calls with the key of ${EXPORT_USER} sev1`);
        await tomas.openThread('Owner: nobody yet');
        await ben.openThread('Owner: nobody yet');
        await marek.openThread('Owner: nobody yet');
        await tomas.see('From AWS: Found', tomas.thread);
      },
    },
    {
      at: '10:57:30',
      who: 'tomas',
      does: 'takes it',
      by: (tomas) => tomas.tap('Take it'),
    },
    {
      at: '10:59:10',
      who: 'tomas',
      does: 'states the problem',
      by: (tomas) =>
        tomas.fill(
          'State the problem',
          {
            'What exactly is wrong?':
              'Somebody uses the access key of reporting-export who should not: it made itself administrator, made another user and turned our trail off. It may still be going on.',
            'Who and what is affected?':
              'Account 111122223333, all of it: the key has all rights since 10:18. What it has read is not known yet.',
            'What changed recently?':
              'Nothing that we did to this user. The export itself ran at 08:30 as always.',
          },
          'Save',
        ),
    },
    {
      at: '11:00:30',
      who: 'tomas',
      does: 'names the credential',
      by: (tomas) =>
        tomas.fill(
          'Name the component',
          {
            'Which component or resource is in question?': EXPORT_USER,
            'What points to it?':
              'All these calls carry its key. They come from 192.0.2.233 with a command line; the export comes from 198.51.100.44 and uses an SDK.',
          },
          'Save',
        ),
    },
    {
      at: '11:02:00',
      who: 'ben',
      does: 'asks for everything that the credential did, and keeps the answer',
      by: async (ben) => {
        await ben.reply(`@redthread what did ${EXPORT_USER} since 3h`);
        await ben.see('any call', ben.thread);
        await ben.tap('Attach as evidence');
        await ben.see(`Lookup: any call · user ${EXPORT_USER}`, ben.thread);
      },
      picture: { name: 'story-stolen-trail', of: (ben) => scrollTo(ben, 'Sure who?') },
    },
    {
      at: '11:03:10',
      who: 'ben',
      does: 'asks for what the new user did, too',
      by: async (ben) => {
        await ben.reply(`@redthread what did ${BACK_DOOR} since 3h`);
        await ben.see(`user ${BACK_DOOR}`, ben.thread);
        await ben.tap('Attach as evidence');
        await ben.see(`Lookup: any call · user ${BACK_DOOR}`, ben.thread);
      },
    },
    {
      at: '11:04:40',
      who: 'tomas',
      does: 'plans to contain it before it is understood',
      by: (tomas) =>
        tomas.fill(
          'Plan a solution',
          {
            'What will be done?': `Contain first: deactivate the keys of ${EXPORT_USER} and ${BACK_DOOR} (do not delete them) and deny both users everything. Take snapshots of the two machines in ap-south-1 as evidence, then stop them.`,
            'What could go wrong?':
              'The export fails at once, and the intruder notices. What is only in the memory of the machines is lost when they stop.',
            'What keeps the risk small?':
              'The export runs next at 11:30 and can wait until the evening. Snapshots before the stop. Nothing is deleted.',
            'What is the way back?':
              'Activate the key again and take the deny away, if it was the wrong one. Start the machines again.',
            'What does it touch?': [EXPORT_USER, BACK_DOOR, ...MACHINES].join(', '),
          },
          'Propose',
        ),
    },
    {
      at: '11:06:00',
      who: 'ben',
      does: 'approves it',
      by: (ben) => ben.tap('Approve the plan'),
      picture: { name: 'story-stolen-contain', of: (ben) => scrollTo(ben, 'Way back') },
    },
    {
      at: '11:12:15',
      who: 'marek',
      does: 'says that it is in',
      by: (marek) =>
        marek.fill(
          'It is implemented',
          {
            'What was done?':
              'Both keys are inactive, both users are denied everything. Snapshots of both machines are taken (tagged "evidence"), then they were stopped.',
          },
          'Save',
        ),
    },
    {
      at: '11:14:30',
      who: 'tomas',
      does: 'hands over: he has to speak to the lawyers',
      by: async (tomas) => {
        const form = await openFromMenu(tomas, 'Hand over');
        await choose(form, 'Who owns the incident from now on?', 'Ben Okafor');
        await tomas.send('Save');
      },
    },
    {
      at: '11:15:40',
      who: 'ben',
      does: 'reads the brief',
      by: async (ben) => {
        await ben.page
          .getByRole('button', { name: /Redthread/i })
          .first()
          .click();
        await ben.see('You own this incident now');
      },
      picture: {
        name: 'story-stolen-brief',
        of: (ben) => scrollTo(ben, 'You own this incident now', ben.page.locator('body')),
      },
    },
    ...UNDERSTOOD,
  ],
});
