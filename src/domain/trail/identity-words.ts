import { FOLLOWED_BACK } from './chain-links.ts';
import type { Confidence } from './record.ts';

export const CONFIDENCE_WORDS = {
  certain: 'Certain',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
} as const satisfies Record<Confidence, string>;

/** The reasons of the domain, for somebody who does not know the words of AWS. */
const PLAIN_REASONS: Readonly<Record<string, string>> = {
  'an Identity Center session, named after its user':
    'signed in through Identity Center, which names the session after the person',
  'an Identity Center user; the record holds only the user id':
    'signed in through Identity Center, but the record holds only an id, not the name',
  'signed in through a SAML identity provider': 'signed in through your identity provider (SAML)',
  'source identity, which survives role chaining':
    'the name is the session’s source identity, which nobody can change once it is set',
  'the session is named after an e-mail address; callers choose that name':
    'the session is named after an e-mail address, but whoever starts a session chooses its name',
  'the root user of the account': 'the root user of the account; AWS does not record who uses it',
  'an IAM user in the AWS console': 'signed in to the console as this IAM user',
  'an IAM user in a browser, by the user agent':
    'an IAM user in what looks like a browser, by the program it named',
  'an IAM user named like a machine': 'an IAM user whose name sounds like a machine’s',
  'an IAM user with a deployment tool: a person at the keyboard or a pipeline':
    'an IAM user’s key in a deployment tool: a person or a pipeline',
  'an IAM user with an access key: who holds the key is not recorded':
    'an IAM user’s access key; AWS does not record who holds it',
  'a federation token: the name was chosen by its issuer':
    'temporary credentials whose name their issuer chose',
  'a call from another account; its own trail names the caller':
    'called from another account; only its own CloudTrail names the caller',
  'a console session; its name was chosen by the caller':
    'somebody in the console, under a session name that they chose',
  'a function or container, by its user agent':
    'looks like a function or a container, by the program it named',
  'a role session of a deployment tool': 'looks like a deployment tool, by the program it named',
  'a role session whose name does not say who is behind it':
    'a role was used under a name that does not say by whom',
  'a role assumed with a web identity (OIDC)':
    'a role used with a web identity (OIDC), as pipelines do',
  'a workload that its identity provider vouches for':
    'the identity provider vouches for this pipeline or workload',
  'a GitHub Actions workflow': 'the session is named as GitHub Actions names its own',
  'a deployment tool': 'the session is named as deployment tools name theirs',
  'a GitHub Actions workflow, by its identity provider':
    'a GitHub Actions workflow: the identity provider says so',
  'a pod of an EKS cluster, by its identity provider':
    'a pod of an EKS cluster: the identity provider says so',
  'a pipeline, by its identity provider': 'a pipeline: the identity provider says so',
  'a function or job: its role is named after the session':
    'a function or a job: its role has the same name',
  'a workload: an AWS service issued its credentials':
    'a function, an instance or a task: AWS itself gave it these credentials',
  'a tool on a desktop system, by its user agent':
    'a tool on somebody’s own computer, by the program it named',
  'the session is named like a person; callers choose that name':
    'the session is named like a person, but whoever starts a session chooses its name',
  'CloudFormation with a service role': 'CloudFormation did it with the role it was given',
  'a session name made up by an SDK': 'a program: an SDK made up the session name',
  'an AWS service made the call; the cause is elsewhere':
    'AWS itself made the call; somebody or something else caused it',
};

/** How an actor was found whom only the chain of credentials shows. */
const FOUND_WORDS = {
  key: 'found by the keys that were used: ',
  name: 'found by the session’s name and the second it began, not by a key: ',
  'shared-id': 'found in the other account’s own record: ',
  switch: 'found by the switch of roles in the console: ',
} as const satisfies Readonly<Record<keyof typeof FOLLOWED_BACK, string>>;
const FOUND_BY = Object.keys(FOUND_WORDS) as (keyof typeof FOUND_WORDS)[];

/** "signed in through Identity Center, …"; a reason without a plain form stays as it is. */
export function plainReason(reason: string): string {
  const by = FOUND_BY.find((found) => reason.startsWith(FOLLOWED_BACK[found]));
  const origin = by === undefined ? reason : reason.slice(FOLLOWED_BACK[by].length);
  const plain = Object.hasOwn(PLAIN_REASONS, origin) ? (PLAIN_REASONS[origin] ?? origin) : origin;
  return by === undefined ? plain : `${FOUND_WORDS[by]}${plain}`;
}
