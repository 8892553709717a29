import { story } from '../story.ts';
import { choose, fillFrom, fillFromMenu, fillMore, pin, scrollTo, tick } from '../story-steps.ts';
import { BOARD, SSH_SEARCH } from './ssh-timeout-search.ts';

const GROUP = 'sg-0a61b8e4f2d97c035';
const PERMISSIONS = {
  items: [80, 443].map((port) => ({
    ipProtocol: 'tcp',
    fromPort: port,
    toPort: port,
    groups: {},
    ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
    ipv6Ranges: {},
    prefixListIds: {},
  })),
};

/** Instance unreachable: a security group was tidied up, and the web's own ports went with SSH. */
export const SSH_TIMEOUT = story({
  name: 'ssh-timeout',
  cast: {
    ana: { realName: 'Ana Duarte', at: 'desk' },
    chidi: { realName: 'Chidi Rao', at: 'phone' },
    petra: { realName: 'Petra Okafor', at: 'desk' },
  },
  calls: [
    {
      at: '11:16:18',
      by: 'petra.okafor@northwind.example',
      like: '8cd8a5c8-152e-4353-bf24-1ef5f8f6c933',
      name: 'AuthorizeSecurityGroupIngress',
      requestParameters: { groupId: GROUP, ipPermissions: PERMISSIONS },
      responseElements: { _return: true },
    },
  ],
  recoveries: [
    { at: '11:17:00', metric: 'SuccessPercent', value: 100 },
    { at: '11:17:00', metric: 'HealthCheckStatus', value: 1 },
    { at: '11:20:00', metric: 'NetworkIn', value: 5_500_000 },
  ],
  alarms: [
    {
      at: '11:18:26',
      alarm: 'www-canary',
      to: 'OK',
      reason: 'Threshold Crossed: 1 datapoint was not less than the threshold (90.0).',
    },
    {
      at: '11:18:41',
      alarm: 'www-health-check',
      to: 'OK',
      reason: 'Threshold Crossed: 1 datapoint was not less than the threshold (1.0).',
    },
    {
      at: '11:25:23',
      alarm: 'www-network-in-low',
      to: 'OK',
      reason: 'Threshold Crossed: 1 datapoint was not less than the threshold (100000.0).',
    },
  ],
  acts: [
    ...SSH_SEARCH,
    {
      at: '11:11:20',
      who: 'ana',
      does: 'asks for the one who knows the group',
      by: async (ana) => {
        await fillFromMenu(
          ana,
          'Escalate',
          {
            'To whom?': 'Petra Okafor, network',
            'Why, and what do you need from them?':
              'You changed the security group of the website at 10:39. What was meant by it, and may 80 and 443 come back?',
          },
          'Escalate',
        );
      },
    },
    {
      at: '11:12:30',
      who: 'petra',
      does: 'says what she meant by it, and it is pinned',
      by: async (petra) => {
        await petra.reply(
          'I wanted to close SSH to the world, and took all three rules out. The web ports must come back, SSH must not.',
        );
        await pin(petra, 'I wanted to close SSH');
      },
    },
    {
      at: '11:13:50',
      who: 'petra',
      does: 'plans the fix, other than suggested',
      by: (petra) =>
        fillFrom(
          petra,
          { card: BOARD, button: 'Plan this fix' },
          {
            'What will be done?': `Let ports 80 and 443 in from everywhere again in ${GROUP}. SSH stays as it is, from the private network only.`,
            'What could go wrong?': 'A rule that is too wide lets in more than the web.',
            'What keeps the risk small?':
              'Two rules, compared with what the call at 10:39 took out.',
            'What is the way back?': 'Revoke the two rules again.',
          },
          'Propose',
        ),
    },
    {
      at: '11:15:00',
      who: 'chidi',
      does: 'approves it',
      by: (chidi) => chidi.tap('Approve the plan'),
    },
    {
      at: '11:17:10',
      who: 'petra',
      does: 'says that it is in',
      by: (petra) =>
        petra.fill(
          'It is implemented',
          { 'What was done?': `Added ports 80 and 443 to ${GROUP} in the console.` },
          'Save',
        ),
    },
    {
      at: '11:20:30',
      who: 'chidi',
      does: 'ticks what the playbook wants to be checked',
      by: async (chidi) => {
        await tick(chidi, 'Connect by SSH or Session Manager');
        await tick(chidi, 'Only the ports that are needed');
      },
      picture: { name: 'story-ssh-verify', of: (chidi) => scrollTo(chidi, 'Watching') },
    },
    {
      at: '11:43:10',
      who: 'ana',
      does: 'says that it works once the alarms have stayed OK',
      by: async (ana) => {
        await ana.see('The alarms have stayed OK', ana.thread);
        await ana.fill(
          'It works',
          {
            'How do you know?':
              'The website loads from outside, traffic is what it was, and all three alarms have stayed OK for a quarter of an hour.',
          },
          'Save',
        );
      },
    },
    {
      at: '11:50:00',
      who: 'ana',
      does: 'records the findings, and Petra takes what follows',
      by: (ana) =>
        fillMore(
          ana,
          'Record the findings',
          {
            'What was the root cause?':
              'All inbound rules of the security group of the website were removed at once to close SSH to the world. Only SSH was put back, so that ports 80 and 443 stayed closed.',
            'What did we learn?':
              'The machine looked healthy all the time, so its reboot could not help: "timed out" speaks for the network. SSH had been open to the world unnoticed for long.',
            'What keeps it from happening again?':
              'Change security groups in Terraform only, one rule at a time, and reviewed.\nReach machines by Session Manager, and close port 22 everywhere.\nAlarm when ports 80 or 443 of a public group are closed.',
          },
          'Save',
          (form) => choose(form, 'Who sees to these measures?', 'Petra Okafor'),
        ),
    },
    {
      at: '11:51:30',
      who: 'chidi',
      does: 'says how the work went',
      by: async (chidi) => {
        await chidi.fill(
          'Evaluate the process',
          {
            'Did how we worked lead to the cause and the fix?':
              'Yes. My own hypothesis cost two minutes and told us that nothing arrives from outside.',
            'Where did the time go?':
              'Most of it into watching. The reboot at 10:45, before anybody looked, cost nothing by luck.',
            'What was riskier than it had to be?':
              'The change at 10:39 had no plan and no second pair of eyes.',
          },
          'Save',
        );
      },
    },
    {
      at: '11:53:00',
      who: 'ana',
      does: 'closes it, and the document is there',
      by: async (ana) => {
        await ana.openForm('Close');
        await ana.send('Close');
        await ana.see(/\.md/, ana.thread);
      },
    },
  ],
});
