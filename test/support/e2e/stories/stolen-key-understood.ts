import type { Act } from '../story.ts';
import { backToThread } from '../story-places.ts';
import {
  choose,
  fillFrom,
  fillFromMenu,
  fillMore,
  openFrom,
  openFromMenu,
  pin,
  scrollTo,
  tick,
} from '../story-steps.ts';
import { BACK_DOOR, EXPORT_USER, MACHINES } from './stolen-key-calls.ts';

const BOARD = 'likeliest first';

/** From the handing over on: how they came by the key, and what is left of them. */
export const UNDERSTOOD: readonly Act<'tomas' | 'ben' | 'marek'>[] = [
  {
    at: '11:17:00',
    who: 'ben',
    does: 'goes back: it is contained, and not yet understood',
    by: async (ben) => {
      await backToThread(ben);
      const form = await openFromMenu(ben, 'Move to another step');
      await choose(form, 'Where to?', '4. Test the hypotheses');
      await form
        .getByLabel('Why?')
        .fill('It is contained. Now find out how they came by the key, and what they reached.');
      await ben.send('Move');
    },
  },
  {
    at: '11:18:30',
    who: 'ben',
    does: 'tests the likeliest cause',
    by: async (ben) => {
      await openFrom(ben, { card: BOARD, button: 'Test this' });
      await ben.send('Start the test');
    },
    picture: { name: 'story-stolen-board', of: (ben) => scrollTo(ben, BOARD) },
  },
  {
    at: '11:20:10',
    who: 'ben',
    does: 'rules the other one out',
    by: (ben) =>
      fillFrom(
        ben,
        { card: BOARD, button: 'Rule out' },
        {
          'How do you know that this is not it?':
            'Marek exchanges this key every quarter, and says so: ticket SEC-311. Another user, his usual address.',
        },
        'Rule out',
      ),
  },
  {
    at: '11:23:10',
    who: 'marek',
    does: 'writes what the partner says, and pins it',
    by: async (marek) => {
      await marek.reply(
        'The partner has found it: the key is in a configuration file that they pushed to a public repository yesterday at 21:14.',
      );
      await pin(marek, 'public repository');
    },
  },
  {
    at: '11:25:20',
    who: 'ben',
    does: 'confirms it',
    by: (ben) =>
      fillMore(
        ben,
        'Record the verdict',
        {
          'What was found?':
            'None of these calls is ours: 192.0.2.233 and its program were never seen before 10:02, and nobody here made svc-backup2. The key was public since 13 October, 21:14 UTC.',
        },
        'Save',
        (form) => form.getByRole('radio', { name: /^Confirmed/ }).check(),
      ),
  },
  {
    at: '11:27:00',
    who: 'ben',
    does: 'tells those who have to know',
    by: (ben) =>
      fillFromMenu(
        ben,
        'Escalate',
        {
          'To whom?': 'Data protection officer and legal',
          'Why, and what do you need from them?':
            'The secret of the orders database was read at 10:26 by somebody else. Please decide by 14:00 whether and whom we have to tell.',
        },
        'Escalate',
      ),
  },
  {
    at: '11:30:00',
    who: 'ben',
    does: 'plans to take out what was left behind',
    by: (ben) =>
      ben.fill(
        'Plan a solution',
        {
          'What will be done?': `Take AdministratorAccess from both users (${EXPORT_USER}, ${BACK_DOOR}), switch the trail and GuardDuty on again, end the two machines in ap-south-1. Change the password of the orders database.`,
          'What could go wrong?':
            'A back door is missed and they return. Orders fail while the database has a new password that a task does not know yet.',
          'What keeps the risk small?':
            'We work from the list of every call of both keys (evidence 3 and 4). The users stay, locked, as evidence; the snapshots of the machines are kept. Tasks are restarted one service at a time.',
          'What is the way back?':
            'Attach the policy again, if the export needs it: it does not. The machines can be made again from their snapshots.',
          'What does it touch?': [
            EXPORT_USER,
            BACK_DOOR,
            'northwind-trail',
            'c6b1f0d27a4e58939d10',
            ...MACHINES,
          ].join(', '),
        },
        'Propose',
      ),
  },
  {
    at: '11:33:20',
    who: 'tomas',
    does: 'approves it',
    by: (tomas) => tomas.tap('Approve the plan'),
  },
  {
    at: '11:46:15',
    who: 'marek',
    does: 'says that it is in',
    by: (marek) =>
      marek.fill(
        'It is implemented',
        {
          'What was done?':
            'Policies are off, trail and detector are on, the machines are gone and their snapshots kept. The orders database has a new password, and all tasks have it.',
        },
        'Save',
      ),
  },
  {
    at: '11:53:30',
    who: 'ben',
    does: 'ticks what the playbook wants to be checked',
    by: async (ben) => {
      await tick(ben, 'The suspect credential makes no more calls');
      await tick(ben, 'Nothing the intruder made is left');
      await tick(ben, 'CloudTrail, GuardDuty, Config and the alarms are on');
      await tick(ben, 'What was reached is known and written down');
    },
    picture: { name: 'story-stolen-verify', of: (ben) => scrollTo(ben, 'Watching') },
  },
  {
    at: '12:09:30',
    who: 'ben',
    does: 'says that it works once the alarms have stayed OK',
    by: async (ben) => {
      await ben.see('The alarms have stayed OK', ben.thread);
      await ben.fill(
        'It works',
        {
          'How do you know?':
            'Neither key has made a call since 11:08. The trail delivers again, and in no Region is anything left that the two users made.',
        },
        'Save',
      );
    },
  },
  {
    at: '12:21:00',
    who: 'ben',
    does: 'records the findings, and Marek takes what follows',
    by: (ben) =>
      fillMore(
        ben,
        'Record the findings',
        {
          'What was the root cause?':
            'The access key of reporting-export was in a partner’s public repository since 13 October, 21:14 UTC. The user could change its own rights (iam:* since spring), so whoever had the key could become administrator.',
          'What did we learn?':
            'The key was used for 16 minutes before the first change, and nine refused calls in a row told nobody: the alarm on refused calls needs ten. Event history went on after the trail was stopped.',
          'What keeps it from happening again?':
            'Give the partner a role with short-lived credentials instead of a key.\nNobody but the platform team may stop trails and detectors: a policy for the whole organisation.\nAn alarm on a key that is used from a new address.',
        },
        'Save',
        (form) => choose(form, 'Who sees to these measures?', 'Marek Dvorak'),
      ),
  },
  {
    at: '12:23:20',
    who: 'ben',
    does: 'says how the work went',
    by: (ben) =>
      fillFromMenu(
        ben,
        'Evaluate the process',
        {
          'Did how we worked lead to the cause and the fix?':
            'Yes. Containing first cost us nothing that we needed afterwards.',
          'Where did the time go?':
            'Half an hour until the alarms: records reach the metrics late, and then not at all.',
          'What was riskier than it had to be?':
            'We spoke about it in an open channel for ten minutes before we asked ourselves who reads along.',
        },
        'Save',
      ),
  },
  {
    at: '12:25:30',
    who: 'ben',
    does: 'closes it, and the document is there',
    by: async (ben) => {
      await ben.openForm('Close');
      await ben.send('Close');
      await ben.see(/\.md/, ben.thread);
    },
  },
];
