import { PERMISSION_SETS } from './cast.ts';
import type { Caller, Recorder } from './recorder.ts';
import { ACCOUNT, GLOBAL, HOME } from './recorder.ts';
import type { SeededRandom } from './seeded-random.ts';
import { iso, javaTime, STORY_START_MS } from './story-time.ts';

/** Makes callers and, where STS issued their keys, the record of that. */
export interface Sessions {
  /** Identity Center, signed in to the console: AssumeRoleWithSAML and ConsoleLogin, us-east-1. */
  person(
    timeMs: number,
    email: string,
    permissionSet: keyof typeof PERMISSION_SETS,
    address: string,
  ): Caller;
  /** A GitHub Actions job: AssumeRoleWithWebIdentity in the home Region. */
  gitHub(timeMs: number, job: GitHubJob): Caller;
  iamUser(name: string, address: string, agent: string): Caller;
  /** AssumeRole with the caller's keys; the new session keeps address and agent. */
  assume(timeMs: number, caller: Caller, role: string, sessionName: string): Caller;
  /** A role that a service takes for its own resource, such as an instance or a function. */
  workload(timeMs: number, service: string, role: string, name: string, from: Workload): Caller;
  /** A service-linked role: no key, no AssumeRole to be found. */
  linked(service: string, role: string, name: string): Caller;
}

export interface GitHubJob {
  readonly repository: string;
  readonly role: string;
  readonly sessionName: string;
  readonly address: string;
  readonly agent: string;
}

export interface Workload {
  readonly address: string;
  readonly agent: string;
}

interface Role {
  readonly name: string;
  readonly path?: string;
  readonly id: string;
}

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0';
const GIT_HUB_PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
const SAML_PROVIDER = `arn:aws:iam::${ACCOUNT}:saml-provider/AWSSSO_4be1c07d2f9a6538_DO_NOT_DELETE`;
const HOUR_MS = 3_600_000;

export function createSessions(recorder: Recorder, random: SeededRandom): Sessions {
  const roles = new Map<string, Role>();
  const roleOf = (name: string, path = '') => {
    const known = roles.get(name) ?? { name, path, id: random.principalId('AROA') };
    roles.set(name, known);
    return known;
  };
  const issue = (timeMs: number, role: Role, session: string) => {
    const keyId = random.keyId('ASIA');
    const response = {
      credentials: {
        accessKeyId: keyId,
        sessionToken: `IQoJb3JpZ2luX2VjEXAMPLETOKEN${random.hex(48)}`,
        expiration: javaTime(timeMs + HOUR_MS),
      },
      assumedRoleUser: {
        assumedRoleId: `${role.id}:${session}`,
        arn: sessionArn(role, session),
      },
    };
    return { keyId, response };
  };
  return {
    ...federated(recorder, roleOf, issue, random),
    iamUser: (name, address, agent) => ({
      identity: {
        type: 'IAMUser',
        principalId: random.principalId('AIDA'),
        arn: `arn:aws:iam::${ACCOUNT}:user/${name}`,
        accountId: ACCOUNT,
        accessKeyId: random.keyId('AKIA'),
        userName: name,
      },
      address,
      agent,
    }),
    assume(timeMs, caller, name, session) {
      const role = roleOf(name);
      const { keyId, response } = issue(timeMs, role, session);
      recorder.write(timeMs, caller, {
        event: 'sts.AssumeRole',
        request: { roleArn: roleArn(role), roleSessionName: session, durationSeconds: 3600 },
        response,
        resources: [{ type: 'AWS::IAM::Role', arn: roleArn(role) }],
      });
      const { address, agent } = caller;
      return { identity: assumedRole(role, session, keyId, timeMs), address, agent };
    },
    workload(timeMs, service, name, session, from) {
      const role = roleOf(name);
      const { keyId, response } = issue(timeMs, role, session);
      const host = `${service}.amazonaws.com`;
      const identity = { type: 'AWSService', invokedBy: host };
      recorder.write(
        timeMs,
        { identity, address: host, agent: host },
        {
          event: 'sts.AssumeRole',
          request: { roleArn: roleArn(role), roleSessionName: session },
          response,
          resources: [{ type: 'AWS::IAM::Role', arn: roleArn(role) }],
          more: { sharedEventID: random.uuid() },
        },
      );
      const extra = service === 'ec2' ? { ec2RoleDelivery: '2.0' } : {};
      return { identity: assumedRole(role, session, keyId, timeMs, extra), ...from };
    },
    linked(service, name, session) {
      const host = `${service}.amazonaws.com`;
      const role = roleOf(name, `aws-service-role/${host}/`);
      const { accessKeyId: _, ...identity } = assumedRole(role, session, '', STORY_START_MS);
      return { identity: { ...identity, invokedBy: host }, address: host, agent: host };
    },
  };
}

type RoleOf = (name: string, path?: string) => Role;
type Issue = (timeMs: number, role: Role, session: string) => { keyId: string; response: object };

const CONSOLE_LOGIN = {
  event: 'signin.ConsoleLogin',
  region: GLOBAL,
  response: { ConsoleLogin: 'Success' },
  eventType: 'AwsConsoleSignIn',
  more: {
    additionalEventData: {
      LoginTo: `https://console.aws.amazon.com/console/home?region=${HOME}`,
      MobileVersion: 'No',
      MFAUsed: 'No',
    },
  },
};

/** The two ways in from outside: people through Identity Center, jobs through GitHub's OIDC. */
function federated(
  recorder: Recorder,
  roleOf: RoleOf,
  issue: Issue,
  random: SeededRandom,
): Pick<Sessions, 'person' | 'gitHub'> {
  return {
    person(timeMs, email, permissionSet, address) {
      const path = `aws-reserved/sso.amazonaws.com/${HOME}/`;
      const role = roleOf(PERMISSION_SETS[permissionSet], path);
      const { keyId, response } = issue(timeMs, role, email);
      const saml = {
        type: 'SAMLUser',
        principalId: `4be1c07d2f9=:${email}`,
        userName: email,
        identityProvider: '4be1c07d2f9=',
      };
      recorder.write(
        timeMs,
        { identity: saml, address, agent: BROWSER },
        {
          event: 'sts.AssumeRoleWithSAML',
          region: GLOBAL,
          request: {
            sAMLAssertionID: `_${random.uuid()}`,
            roleSessionName: email,
            roleArn: roleArn(role),
            principalArn: SAML_PROVIDER,
            durationSeconds: 3600,
          },
          response,
          resources: [
            { type: 'AWS::IAM::Role', arn: roleArn(role) },
            { type: 'AWS::IAM::SAMLProvider', arn: SAML_PROVIDER },
          ],
        },
      );
      const { accessKeyId: _, ...signIn } = assumedRole(role, email, keyId, timeMs);
      recorder.write(timeMs + 1_000, { identity: signIn, address, agent: BROWSER }, CONSOLE_LOGIN);
      return {
        identity: assumedRole(role, email, keyId, timeMs),
        address,
        agent: 'AWS Internal',
        console: true,
      };
    },
    gitHub(timeMs, job) {
      const role = roleOf(job.role);
      const subject = `repo:${job.repository}:ref:refs/heads/main`;
      const { keyId, response } = issue(timeMs, role, job.sessionName);
      const identity = {
        type: 'WebIdentityUser',
        principalId: `${GIT_HUB_PROVIDER}:sts.amazonaws.com:${subject}`,
        userName: subject,
        identityProvider: GIT_HUB_PROVIDER,
      };
      recorder.write(
        timeMs,
        {
          identity,
          address: job.address,
          agent: 'aws-sdk-js/3.617.0 configure-aws-credentials-for-github-actions',
        },
        {
          event: 'sts.AssumeRoleWithWebIdentity',
          request: {
            roleArn: roleArn(role),
            roleSessionName: job.sessionName,
            durationSeconds: 3600,
          },
          response: {
            subjectFromWebIdentityToken: subject,
            ...response,
            provider: GIT_HUB_PROVIDER,
            audience: 'sts.amazonaws.com',
          },
          resources: [{ type: 'AWS::IAM::Role', arn: roleArn(role) }],
        },
      );
      const federation = {
        webIdFederationData: { federatedProvider: GIT_HUB_PROVIDER, attributes: {} },
      };
      return {
        identity: assumedRole(role, job.sessionName, keyId, timeMs, federation),
        address: job.address,
        agent: job.agent,
      };
    },
  };
}

function assumedRole(
  role: Role,
  session: string,
  keyId: string,
  createdMs: number,
  extra: object = {},
) {
  return {
    type: 'AssumedRole',
    principalId: `${role.id}:${session}`,
    arn: sessionArn(role, session),
    accountId: ACCOUNT,
    accessKeyId: keyId,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: role.id,
        arn: roleArn(role),
        accountId: ACCOUNT,
        userName: role.name,
      },
      attributes: { creationDate: iso(createdMs), mfaAuthenticated: 'false' },
      ...extra,
    },
  };
}

function roleArn({ name, path = '' }: Role): string {
  return `arn:aws:iam::${ACCOUNT}:role/${path}${name}`;
}

function sessionArn({ name }: Role, session: string): string {
  return `arn:aws:sts::${ACCOUNT}:assumed-role/${name}/${session}`;
}
