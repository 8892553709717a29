import { openDialog } from '../browser.ts';
import { story } from '../story.ts';
import type { StoryCall } from '../story-folder.ts';
import { chooseBehindDots, fillFrom, scrollTo } from '../story-steps.ts';
import { MEASURES } from './monthly-bill-measures.ts';

/** Of the twelve, those that nobody uses and the two that are made smaller. */
const FLEET = [
  'i-0f6c7abbf1112e0f8',
  'i-0102187278addb3a9',
  'i-0a843b7807c7de209',
  'i-08fd6d44d30cd0298',
  'i-0a24acee97e611b53',
  'i-06a11fb97b1f27fad',
  'i-08c501f8e57b9fe99',
  'i-07bcc7552c02444ef',
  'i-081f05d4800803079',
  'i-062a515bb282858a3',
  'i-061d899f1e0bbacb3',
  'i-0e1a8bc2bd915c7c3',
] as const;
const KEPT = FLEET.slice(-2);
const STARTED = '74df2f53-636e-477b-8021-b1bfc887730f';
const BOARD = 'likeliest first';
const itemsOf = (ids: readonly string[]) => ({ items: ids.map((instanceId) => ({ instanceId })) });

function byPetra(
  at: string,
  name: string,
  requestParameters: StoryCall['requestParameters'],
): StoryCall {
  const by = 'petra.okafor@northwind.example';
  return { at, by, like: STARTED, name, requestParameters, responseElements: null };
}

/** Cost: twelve large machines of a load test ran on for days, and two of them are still needed. */
export const MONTHLY_BILL = story({
  name: 'monthly-bill',
  cast: {
    tomas: { realName: 'Tomas Lindqvist', at: 'desk' },
    ben: { realName: 'Ben Okafor', at: 'phone' },
    petra: { realName: 'Petra Okafor', at: 'desk' },
  },
  calls: [
    byPetra('11:33:05', 'CreateSnapshots', {
      CreateSnapshotsRequest: {
        InstanceSpecification: { InstanceId: FLEET[0] },
        Description: 'Results of the load test',
      },
    }),
    byPetra('11:36:20', 'StopInstances', { instancesSet: itemsOf(FLEET), force: false }),
    ...KEPT.map((instanceId, index) =>
      byPetra(`11:38:${10 + index * 9}`, 'ModifyInstanceAttribute', {
        instanceId,
        instanceType: { value: 'm7i.2xlarge' },
      }),
    ),
    byPetra('11:39:02', 'StartInstances', { instancesSet: itemsOf(KEPT) }),
    byPetra('11:41:30', 'CreateTags', {
      resourcesSet: { items: FLEET.map((resourceId) => ({ resourceId })) },
      tagSet: {
        items: [
          { key: 'owner', value: 'petra.okafor' },
          { key: 'ends', value: '2026-10-21' },
        ],
      },
    }),
  ],
  recoveries: [],
  // Bills only fall with the next month: the team lifts the threshold to what is now expected.
  alarms: [
    {
      at: '12:05:26',
      alarm: 'monthly-charges-ec2',
      to: 'OK',
      reason:
        'Threshold Crossed: 1 out of the last 1 datapoints [3543.9] was not greater than the threshold (5800.0).',
    },
    {
      at: '12:05:27',
      alarm: 'monthly-charges',
      to: 'OK',
      reason:
        'Threshold Crossed: 1 out of the last 1 datapoints [5291.1] was not greater than the threshold (10000.0).',
    },
  ],
  acts: [
    {
      at: '10:56:20',
      who: 'tomas',
      does: 'opens the incident with one line, and its thread',
      by: async (tomas, { ben, petra }) => {
        await tomas.say('/triage bill above budget sev3');
        await tomas.openThread('Owner: nobody yet');
        await ben.openThread('Owner: nobody yet');
        await petra.openThread('Owner: nobody yet');
        await tomas.see('From AWS: Found', tomas.thread);
      },
    },
    {
      at: '10:57:40',
      who: 'tomas',
      does: 'takes it',
      by: (tomas) => tomas.tap('Take it'),
    },
    {
      at: '11:01:10',
      who: 'tomas',
      does: 'states the problem: the drivers come from Cost Explorer',
      by: (tomas) =>
        tomas.fill(
          'State the problem',
          {
            'What exactly is wrong?':
              'The estimated charges of October passed 5,250 dollars in the night, ten days before the plan; it has 7,500 for the whole month. By Cost Explorer the driver is EC2 in eu-west-1, usage type BoxUsage:m7i.16xlarge: about 1,030 dollars a day since 11 October, nothing before.',
            'Who and what is affected?':
              'The budget of the platform team. At this rate it is used up on 15 October. No customer notices anything.',
            'What changed recently?':
              'The storefront’s group may grow to twelve since yesterday, but it has four machines as ever. We know of no new service.',
          },
          'Save',
        ),
      picture: { name: 'story-bill-graph', of: (tomas) => scrollTo(tomas, 'monthly-charges-ec2') },
    },
    {
      at: '11:03:20',
      who: 'ben',
      does: 'asks who started machines lately, and keeps the answer',
      by: async (ben) => {
        await ben.reply('@redthread trail event:RunInstances since 7d');
        await ben.see('event RunInstances', ben.thread);
        await ben.tap('Attach as evidence');
        await ben.see('Lookup: event RunInstances', ben.thread);
      },
      picture: {
        name: 'story-bill-trail',
        of: (ben) => scrollTo(ben, 'Lookup: event RunInstances'),
      },
    },
    {
      at: '11:05:00',
      who: 'ben',
      does: 'names the component',
      by: (ben) =>
        ben.fill(
          'Name the component',
          {
            'Which component or resource is in question?':
              'EC2, the twelve loadtest-autumn machines',
            'What points to it?':
              'Twelve m7i.16xlarge were started on 11 October at 15:42 and never stopped. Twelve times 3.59 dollars an hour is what Cost Explorer shows.',
          },
          'Save',
        ),
    },
    {
      at: '11:06:30',
      who: 'ben',
      does: 'rules out the gateway',
      by: (ben) =>
        fillFrom(
          ben,
          { card: BOARD, button: 'Rule out' },
          {
            'How do you know that this is not it?':
              'The gateway has cost three dollars since Monday: NatGateway-Hours in Cost Explorer.',
          },
          'Rule out',
        ),
    },
    {
      at: '11:07:40',
      who: 'tomas',
      does: 'asks the person behind the likeliest cause',
      by: async (tomas) => {
        await chooseBehindDots(tomas, BOARD, 'Ask the actor');
        await tomas.dialog.getByLabel('What do you ask?').waitFor();
        await tomas.send('Ask');
      },
    },
    {
      at: '11:11:20',
      who: 'petra',
      does: 'answers',
      by: async (petra) => {
        await petra.page
          .getByRole('button', { name: /Redthread/i })
          .first()
          .click();
        const asked = await petra.see('Was this you');
        await asked.getByRole('button', { name: 'Yes, by mistake' }).click();
        await petra.see('Your answer: Yes, by mistake');
        const form = await openDialog(petra.dialog, () =>
          asked.getByRole('button', { name: 'Comment…' }).click(),
        );
        await form
          .getByLabel('What should they know?')
          .fill(
            'It was me. The load test was over on Sunday evening; I forgot to stop them. I still need two for a smaller run, until next Wednesday.',
          );
        await petra.send('Save');
      },
    },
    ...MEASURES(FLEET, KEPT),
  ],
});
