import { openDialog } from '../browser.ts';
import { story } from '../story.ts';
import {
  choose,
  chooseBehindDots,
  fillFrom,
  fillMore,
  openFrom,
  pin,
  scrollTo,
  tick,
} from '../story-steps.ts';

const INSTANCE = 'i-0c4e8d21f6ab97530';
const BOARD = 'likeliest first';

/** Downtime: the only host of the checkout was stopped by somebody who took it for an idle one. */
export const CHECKOUT_5XX = story({
  name: 'checkout-5xx',
  cast: {
    tomas: { realName: 'Tomas Lindqvist', at: 'desk' },
    ben: { realName: 'Ben Okafor', at: 'phone' },
    noor: { realName: 'Noor Haddad', at: 'desk' },
  },
  calls: [
    {
      at: '11:11:08',
      by: 'tomas.lindqvist@northwind.example',
      like: '61a5e29f-1180-46e1-b308-729fd62ac61c',
      name: 'StartInstances',
      requestParameters: { instancesSet: { items: [{ instanceId: INSTANCE }] } },
      responseElements: {
        instancesSet: {
          items: [
            {
              instanceId: INSTANCE,
              currentState: { code: 0, name: 'pending' },
              previousState: { code: 80, name: 'stopped' },
            },
          ],
        },
      },
    },
  ],
  recoveries: [
    { at: '11:13:00', metric: 'HealthyHostCount', value: 1 },
    { at: '11:13:00', metric: 'HTTPCode_ELB_5XX_Count', value: 0 },
  ],
  alarms: [
    {
      at: '11:14:29',
      alarm: 'checkout-healthy-hosts',
      to: 'OK',
      reason: 'Threshold Crossed: 2 datapoints were not less than the threshold (1.0).',
    },
    {
      at: '11:15:23',
      alarm: 'checkout-5xx',
      to: 'OK',
      reason: 'Threshold Crossed: 2 datapoints were not greater than the threshold (25.0).',
    },
  ],
  acts: [
    {
      at: '10:56:20',
      who: 'tomas',
      does: 'opens the incident with one line, and its thread',
      by: async (tomas, { ben }) => {
        await tomas.say('/triage checkout returns 5xx sev2');
        await tomas.openThread('Owner: nobody yet');
        await ben.openThread('Owner: nobody yet');
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
              'Every request to the checkout is answered with 503 Service Unavailable. Carts and product pages work.',
            'Who and what is affected?':
              'All customers, in the shop and in the app: nobody can pay.',
            'What changed recently?':
              'No release of the checkout since Monday. I know of no work on it today.',
          },
          'Save',
        ),
    },
    {
      at: '11:00:40',
      who: 'ben',
      does: 'writes what support hears, and pins it',
      by: async (ben) => {
        await ben.reply('Support has 14 calls: "payment is not available", the first at 10:43.');
        await pin(ben, '14 calls');
      },
    },
    {
      at: '11:02:20',
      who: 'ben',
      does: 'names the component',
      by: (ben) =>
        ben.fill(
          'Name the component',
          {
            'Which component or resource is in question?': INSTANCE,
            'What points to it?':
              'The load balancer has no healthy host for the checkout since 10:42, and this instance is its only target.',
          },
          'Save',
        ),
    },
    {
      at: '11:03:30',
      who: 'tomas',
      does: 'asks the person behind the likeliest cause',
      by: async (tomas) => {
        await chooseBehindDots(tomas, BOARD, 'Ask the actor');
        await tomas.dialog.getByLabel('What do you ask?').waitFor();
        await tomas.send('Ask');
      },
    },
    {
      at: '11:04:50',
      who: 'noor',
      does: 'answers',
      by: async (noor) => {
        await noor.page
          .getByRole('button', { name: /Redthread/i })
          .first()
          .click();
        const asked = await noor.see('Was this you');
        await asked.getByRole('button', { name: 'Yes, by mistake' }).click();
        await noor.see('Your answer: Yes, by mistake');
        const form = await openDialog(noor.dialog, () =>
          asked.getByRole('button', { name: 'Comment…' }).click(),
        );
        await form
          .getByLabel('What should they know?')
          .fill('I was stopping idle machines. It had no name and its CPU was low.');
        await noor.send('Save');
      },
    },
    {
      at: '11:06:00',
      who: 'ben',
      does: 'tests the likeliest cause',
      by: async (ben) => {
        await openFrom(ben, { card: BOARD, button: 'Test this' });
        await ben.send('Start the test');
      },
      picture: { name: 'story-board', of: (ben) => scrollTo(ben, BOARD) },
    },
    {
      at: '11:07:40',
      who: 'ben',
      does: 'confirms it',
      by: (ben) =>
        fillMore(
          ben,
          'Record the verdict',
          {
            'What was found?':
              'The instance is stopped, since 10:41. Its target is "unused: target is in the stopped state".',
          },
          'Save',
          (form) => form.getByRole('radio', { name: /^Confirmed/ }).check(),
        ),
    },
    {
      at: '11:08:50',
      who: 'tomas',
      does: 'plans the fix that is suggested, and adds what keeps it safe',
      by: (tomas) =>
        fillFrom(
          tomas,
          { card: BOARD, button: 'Plan this fix' },
          {
            'What will be done?': `Start ${INSTANCE} again, in the console.`,
            'What keeps the risk small?':
              'Noor has confirmed that nothing else was meant by it. Watch the health check before traffic is back.',
          },
          'Propose',
        ),
    },
    {
      at: '11:10:10',
      who: 'ben',
      does: 'approves it',
      by: (ben) => ben.tap('Approve the plan'),
      picture: { name: 'story-plan', of: (ben) => scrollTo(ben, 'Approved by') },
    },
    {
      at: '11:12:15',
      who: 'tomas',
      does: 'says that it is in',
      by: (tomas) =>
        tomas.fill(
          'It is implemented',
          { 'What was done?': `Started ${INSTANCE} in the console. It is running.` },
          'Save',
        ),
    },
    {
      at: '11:17:20',
      who: 'ben',
      does: 'ticks what the playbook wants to be checked',
      by: async (ben) => {
        await tick(ben, 'Open the application as a user would');
        await tick(ben, 'All targets are healthy');
      },
      picture: { name: 'story-verify', of: (ben) => scrollTo(ben, 'Watching') },
    },
    {
      at: '11:33:30',
      who: 'tomas',
      does: 'says that it works once the alarms have stayed OK',
      by: async (tomas) => {
        await tomas.see('The alarms have stayed OK', tomas.thread);
        await tomas.fill(
          'It works',
          {
            'How do you know?':
              'I have bought something from outside, and both alarms have stayed OK for a quarter of an hour.',
          },
          'Save',
        );
      },
    },
    {
      at: '11:41:00',
      who: 'tomas',
      does: 'records the findings, and Noor takes what follows',
      by: (tomas) =>
        fillMore(
          tomas,
          'Record the findings',
          {
            'What was the root cause?':
              'The only host of the checkout was stopped during a clean-up of idle machines. It carried no tags that say what it is for, and a single host was enough to take the checkout down.',
            'What did we learn?':
              'Low CPU does not mean idle. The alarm on healthy hosts went off within three minutes, but it calls nobody: customers told us first.',
            'What keeps it from happening again?':
              'Tag every instance with its service and owner, and refuse to stop untagged ones by policy.\nRun two checkout hosts in two zones.',
          },
          'Save',
          (form) => choose(form, 'Who sees to these measures?', 'Noor Haddad'),
        ),
    },
    {
      at: '11:42:20',
      who: 'ben',
      does: 'says how the work went',
      by: async (ben) => {
        await ben.fill(
          'Evaluate the process',
          {
            'Did how we worked lead to the cause and the fix?':
              'Yes: the first hypothesis was right, and asking Noor saved us a guess.',
            'Where did the time go?':
              'A quarter of an hour until anybody opened the incident. After that nothing was waited for.',
            'What was riskier than it had to be?':
              'Nothing: the start was planned with a way back before it was done.',
          },
          'Save',
        );
      },
    },
    {
      at: '11:43:30',
      who: 'tomas',
      does: 'closes it, and the document is there',
      by: async (tomas) => {
        await tomas.openForm('Close');
        await tomas.send('Close');
        await tomas.see(/\.md/, tomas.thread);
      },
    },
  ],
});
