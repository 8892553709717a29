import type { Act } from '../story.ts';
import { backToThread } from '../story-places.ts';
import {
  choose,
  fillFrom,
  fillFromMenu,
  fillMore,
  openFrom,
  pin,
  scrollTo,
  tick,
} from '../story-steps.ts';

const BOARD = 'likeliest first';

/** From the tests on: what is not needed is stopped, what is needed is made smaller. */
export const MEASURES = (
  fleet: readonly string[],
  kept: readonly string[],
): readonly Act<'tomas' | 'ben' | 'petra'>[] => [
  {
    at: '11:14:20',
    who: 'ben',
    does: 'tests the likeliest cause',
    by: async (ben) => {
      await openFrom(ben, { card: BOARD, button: 'Test this' });
      await ben.send('Start the test');
    },
    picture: { name: 'story-bill-board', of: (ben) => scrollTo(ben, BOARD) },
  },
  {
    at: '11:17:30',
    who: 'tomas',
    does: 'writes what the machines do, and pins it',
    by: async (tomas) => {
      await tomas.reply(
        'All twelve: CPU below 1 % since Sunday 17:40, no traffic. Tags: only Name.',
      );
      await pin(tomas, 'CPU below 1 %');
    },
  },
  {
    at: '11:19:10',
    who: 'ben',
    does: 'confirms it',
    by: (ben) =>
      fillMore(
        ben,
        'Record the verdict',
        {
          'What was found?':
            'The new amount is all of the usage type m7i.16xlarge and begins in the hour in which they were started. All twelve still run, and idle. Everything else costs what it did in September.',
        },
        'Save',
        (form) => form.getByRole('radio', { name: /^Confirmed/ }).check(),
      ),
  },
  {
    at: '11:24:00',
    who: 'petra',
    does: 'plans to stop and to rightsize, with a snapshot before',
    by: async (petra) => {
      await backToThread(petra);
      await fillFrom(
        petra,
        { card: BOARD, button: 'Plan this fix' },
        {
          'What will be done?':
            'Take a snapshot of the machine with the results of the load test, then stop all twelve. Start two again as m7i.2xlarge, for the smaller run. Tag all with owner and end. Ten are terminated on 21 October, when nobody has missed them.',
          'What could go wrong?':
            'Somebody else has begun to use one of them. A stopped machine loses its local disk and its address. Two small ones may be too small for the run.',
          'What keeps the risk small?':
            'CPU and traffic say that nobody uses them. Stop first, terminate a week later. The peak of Sunday’s test on one machine was 11 % of it: an eighth of the size is enough.',
          'What is the way back?':
            'Start them again; set the former size while they are stopped. The results can be restored from the snapshot.',
          'What does it touch?': fleet.join(', '),
        },
        'Propose',
      );
    },
  },
  {
    at: '11:27:00',
    who: 'tomas',
    does: 'approves it',
    by: (tomas) => tomas.tap('Approve the plan'),
    picture: { name: 'story-bill-plan', of: (tomas) => scrollTo(tomas, 'Way back') },
  },
  {
    at: '11:44:15',
    who: 'petra',
    does: 'says that it is in',
    by: (petra) =>
      petra.fill(
        'It is implemented',
        {
          'What was done?': `Snapshot taken, all twelve stopped; ${kept.join(' and ')} run again as m7i.2xlarge. All are tagged with owner and end.`,
        },
        'Save',
      ),
  },
  {
    at: '12:03:00',
    who: 'ben',
    does: 'ticks what the playbook wants to be checked, and lifts the alarms to what is expected now',
    by: async (ben) => {
      await tick(ben, 'Use (hours, bytes, requests) of the driver falls today');
      await tick(ben, 'What was stopped is not missed');
      await ben.reply(
        'What is spent is spent: the forecast for the month is 9,800, and the plan was 7,500. I have lifted both alarms to 5,800 for EC2 and 10,000 in all, until 1 November; finance knows.',
      );
      await pin(ben, 'lifted both alarms');
    },
    picture: { name: 'story-bill-verify', of: (ben) => scrollTo(ben, 'Watching') },
  },
  {
    at: '12:24:30',
    who: 'tomas',
    does: 'says that it works once the alarms have stayed OK',
    by: async (tomas) => {
      await tomas.see('The alarms have stayed OK', tomas.thread);
      await tomas.fill(
        'It works',
        {
          'How do you know?':
            'Two small machines run where there were twelve large ones: 0.90 instead of 43 dollars an hour. Cost Explorer will show it tomorrow; I look again on Friday.',
        },
        'Save',
      );
    },
  },
  {
    at: '12:36:00',
    who: 'tomas',
    does: 'records the findings, and Petra takes what follows',
    by: (tomas) =>
      fillMore(
        tomas,
        'Record the findings',
        {
          'What was the root cause?':
            'Twelve m7i.16xlarge of a load test ran on for 66 hours after it was over, about 2,800 dollars. Nothing said whose they are and until when they are needed, and nothing stops what is left over.',
          'What did we learn?':
            'The alarm on the month’s bill comes days late: it went off 54 hours after the test was over. A budget for each day would have told us on Monday morning.',
          'What keeps it from happening again?':
            'A daily budget for each team, with a forecast alarm.\nRequire the tags owner and ends; a nightly job stops what is past its end.\nA quota for large types outside of production.',
        },
        'Save',
        (form) => choose(form, 'Who sees to these measures?', 'Petra Okafor'),
      ),
  },
  {
    at: '12:38:10',
    who: 'tomas',
    does: 'says how the work went',
    by: (tomas) =>
      fillFromMenu(
        tomas,
        'Evaluate the process',
        {
          'Did how we worked lead to the cause and the fix?':
            'Yes. Cost Explorer named the driver, CloudTrail named the call, and one question to Petra was enough.',
          'Where did the time go?':
            'Days, before the alarm. After that nothing was urgent, and we did not hurry.',
          'What did it cost us?':
            'About 2,800 dollars, which the month will not make up for, and an hour and a half of three people.',
        },
        'Save',
      ),
  },
  {
    at: '12:40:00',
    who: 'tomas',
    does: 'closes it, and the document is there',
    by: async (tomas) => {
      await tomas.openForm('Close');
      await tomas.send('Close');
      await tomas.see(/\.md/, tomas.thread);
    },
  },
];
