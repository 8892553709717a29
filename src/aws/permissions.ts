/**
 * Every IAM action that the code calls, what it is needed for and where. The policies in
 * docs/deploy, the guides and `redthread doctor` are compared with this by tests.
 *
 * `account`: in every account that is looked into. `logs`, `lake`, `queue`: where the configuration
 * names a log group, an event data store or a queue. `own`: by the bot's own identity, to become roles.
 */
export const PERMISSIONS = {
  'cloudtrail:LookupEvents': { where: 'account', gives: 'who did what' },
  'cloudwatch:DescribeAlarms': { where: 'account', gives: 'which alarms ring' },
  'cloudwatch:DescribeAlarmHistory': { where: 'account', gives: 'when alarms changed' },
  'cloudwatch:DescribeAlarmContributors': {
    where: 'account',
    gives: 'what breaches in an alarm on a query',
  },
  'cloudwatch:ListTagsForResource': {
    where: 'account',
    gives: 'the tags of alarms, which say where a runbook is',
  },
  'cloudwatch:GetMetricData': { where: 'account', gives: 'graphs and the moment trouble began' },
  'cloudwatch:GetMetricWidgetImage': { where: 'account', gives: 'graphs as CloudWatch draws them' },
  'logs:StartQuery': { where: 'logs', gives: 'searches in a log group' },
  'logs:GetQueryResults': { where: 'logs', gives: 'what such a search found' },
  'logs:StopQuery': { where: 'logs', gives: 'an end to searches that nobody waits for' },
  'cloudtrail:StartQuery': { where: 'lake', gives: 'searches in an event data store' },
  'cloudtrail:DescribeQuery': { where: 'lake', gives: 'whether such a search is done' },
  'cloudtrail:GetQueryResults': { where: 'lake', gives: 'what such a search found' },
  'cloudtrail:CancelQuery': { where: 'lake', gives: 'an end to searches that nobody waits for' },
  'sqs:GetQueueUrl': { where: 'queue', gives: 'the queue of alarms by its name' },
  'sqs:ReceiveMessage': { where: 'queue', gives: 'alarms' },
  'sqs:DeleteMessage': { where: 'queue', gives: 'alarms that come once' },
  'sqs:ChangeMessageVisibility': { where: 'queue', gives: 'alarms that come again after trouble' },
  'sts:AssumeRole': { where: 'own', gives: 'the roles in other accounts' },
} as const satisfies Readonly<Record<string, { readonly where: Where; readonly gives: string }>>;

type Where = 'account' | 'logs' | 'lake' | 'queue' | 'own';

export type Permission = keyof typeof PERMISSIONS;

export function permissionsOf(where: Where): readonly Permission[] {
  return (Object.keys(PERMISSIONS) as Permission[]).filter(
    (action) => PERMISSIONS[action].where === where,
  );
}
