import { type AnswerTrouble, explainTrouble } from '../../aws/answer-trouble.ts';
import { type CallerIdentity, readCallerIdentity } from '../../aws/caller-identity.ts';
import type { AwsClients, AwsPlace } from '../../aws/clients.ts';
import { PERMISSIONS, type Permission, permissionsOf } from '../../aws/permissions.ts';
import { probePermission } from '../../aws/probe-permission.ts';
import type { Config } from '../../config.ts';
import type { AwsTarget } from '../../ports.ts';
import { type Check, type Finding, failed, notChecked, ok, warning } from './check.ts';

export interface AwsParts {
  readonly config: Config;
  readonly clients: AwsClients;
  /** Instead of AWS's own STS. */
  readonly stsEndpoint: string | null;
  readonly nowMs: () => number;
}

const POLICIES = 'docs/deploy/iam has the policies';

/** Who the bot is in each account, and what it may do there, Region by Region. */
export function awsChecks(parts: AwsParts): readonly Check[] {
  const identities = createIdentities(parts);
  const accounts = accountsOf(parts.config);
  const permissions = accounts.flatMap(({ accountId, regions }) =>
    regions.map((region) => ({ accountId, region })),
  );
  return [
    ...accounts.map((account) => identityCheck(parts, account, identities)),
    ...permissions
      .flatMap((target) => permissionsOf('account').map((permission) => ({ target, permission })))
      .map((row) => permissionCheck(parts, row, identities)),
    ...storeRows(parts.config).map((row) => permissionCheck(parts, row, identities)),
  ];
}

interface Account {
  /** Null: whichever the bot's own credentials belong to. */
  readonly accountId: string | null;
  readonly regions: readonly string[];
}

function accountsOf({ accounts, regions }: Config): readonly Account[] {
  return accounts.length === 0 ? [{ accountId: null, regions }] : accounts;
}

interface PermissionRow {
  readonly target: AwsTarget;
  readonly permission: Permission;
  /** Only for those of a queue: null where its address is configured. */
  readonly queueName?: string | null;
}

/** What queues, log groups and event data stores need, where the configuration names some. */
function storeRows({ logs, lake, alarms }: Config): readonly PermissionRow[] {
  const rowsOf = (where: 'logs' | 'lake') => (store: { readonly home: AwsTarget }) =>
    permissionsOf(where).map((permission) => ({ target: store.home, permission }));
  return [
    ...logs.flatMap(rowsOf('logs')),
    ...lake.flatMap(rowsOf('lake')),
    ...(alarms?.queues ?? []).flatMap(({ target, name, url }) =>
      permissionsOf('queue')
        .filter((permission) => url === null || permission !== 'sqs:GetQueueUrl')
        .map((permission) => ({ target, permission, queueName: name })),
    ),
  ];
}

type Identities = (target: AwsTarget, signal: AbortSignal) => Promise<CallerIdentity>;

/** Asked for once in each account. */
function createIdentities({ clients, stsEndpoint }: AwsParts): Identities {
  const asked = new Map<string | null, Promise<CallerIdentity>>();
  return (target, signal) => {
    const known = asked.get(target.accountId);
    if (known !== undefined) return known;
    const answer = readCallerIdentity(clients, placeOf(target), { endpoint: stsEndpoint, signal });
    asked.set(target.accountId, answer);
    return answer;
  };
}

/** As the bot looks by itself: in a session named `redthread-bot`. */
function placeOf(target: AwsTarget): AwsPlace {
  return { target, asker: { userId: null, urgency: 'waiting' } };
}

function identityCheck(
  { config }: AwsParts,
  { accountId, regions: [region = ''] }: Account,
  identities: Identities,
): Check {
  const target = { accountId, region };
  return {
    area: 'AWS',
    name: `identity in ${nameOf(config, accountId)}`,
    run: async (signal) => {
      try {
        const identity = await identities(target, signal);
        if (accountId === null || identity.accountId === accountId) {
          return ok(`account ${identity.accountId} as ${identity.arn}`);
        }
        return failed(
          `the credentials belong to account ${identity.accountId}`,
          `Give the account ${accountId} a role in the configuration, or give the bot credentials of that account.`,
        );
      } catch (error) {
        const trouble = explainTrouble(error, {
          target,
          permission: 'sts:AssumeRole',
          signal,
        });
        return failed(
          trouble.explanation,
          'docs/aws-accounts.md, "When an account does not answer", says what to compare.',
        );
      }
    },
  };
}

function permissionCheck(
  parts: AwsParts,
  { target, permission, queueName }: PermissionRow,
  identities: Identities,
): Check {
  return {
    area: 'AWS',
    name: permission,
    place: `${nameOf(parts.config, target.accountId)} in ${target.region}`,
    run: async (signal) => {
      const identity = await identities(target, signal).catch(() => null);
      if (identity === null || (target.accountId ?? identity.accountId) !== identity.accountId) {
        return notChecked('see the identity in this account');
      }
      const { accountId } = identity;
      const asked = { permission, accountId, nowMs: parts.nowMs(), signal };
      const outcome = await probePermission(parts.clients, placeOf(target), {
        ...asked,
        ...(queueName != null && { queueName }),
      });
      switch (outcome.kind) {
        case 'works':
          return ok('works');
        case 'not-tried':
          return notChecked('trying it would change something or cost money');
        case 'trouble':
          return tell(outcome.trouble, permission);
      }
    },
  };
}

function tell({ outcome, explanation }: AnswerTrouble, permission: Permission): Finding {
  switch (outcome) {
    case 'denied':
      return failed(
        explanation,
        `It gives ${PERMISSIONS[permission].gives}. Add ${permission} to the policy there (${POLICIES}); if it is there, look for a policy of the organization (SCP) that denies it.`,
      );
    case 'disabled':
      return failed(
        explanation,
        'Enable the Region, or take it out of the account’s regions in the configuration.',
      );
    case 'throttled':
      return warning(explanation, 'Run it again later; something else is asking all the time.');
    default:
      return failed(
        explanation,
        'Run it again; if it stays, check the network and the credentials.',
      );
  }
}

function nameOf({ accounts }: Config, accountId: string | null): string {
  if (accountId === null) return 'own account';
  const name = accounts.find((row) => row.accountId === accountId)?.name;
  return name === undefined ? accountId : `${name} (${accountId})`;
}
