import { type Untrusted, untrusted } from '../untrusted.ts';
import type { TrailDetail, TrailRecord } from './record.ts';

/** Of nothing but the characters that IAM allows: it becomes part of our words. */
const POLICY_ARN = /^arn:aws[a-z-]*:iam::(?:aws|\d{12}):policy\/[\w+=,.@/-]{1,300}$/;
const ACCESS_KEY = /^A[KS]IA(?:…|[A-Z0-9])+$/;

/** What calls that name several things are told by; the rest is told elsewhere, or made of it. */
const TOLD_BY: readonly { readonly calls: RegExp; readonly names: RegExp }[] = [
  // Who took a role, not the key, the session and the provider.
  { calls: /^AssumeRole/, names: /^arn:aws[a-z-]*:iam::\d{12}:role\// },
  { calls: /^RunInstances$|^Create(?:Image|Snapshots)$/, names: /^i-/ },
  { calls: /^SendCommand$/, names: /^i-/ },
  { calls: /SecurityGroup(?:In|E)gress$|^ModifySecurityGroupRules$/, names: /^sg-/ },
  { calls: /^CreateSnapshot$/, names: /^vol-/ },
  { calls: /^CreateKeyPair$/, names: /^(?!key-)/ },
  {
    calls: /^(?:At|De)tach[A-Z][a-z]+Policy$/,
    names: /^(?!arn:aws[a-z-]*:iam::[a-z\d]+:policy\/)/,
  },
  { calls: /AccessKey$/, names: /^(?!A[KS]IA)/ },
];
const ARN = /^arn:aws[a-z-]*:[^:]*:[^:]*:(\d{0,12}):(.+)$/;

/** What calls were about, each thing once: an ARN is left out where its last part is a name already. */
export function tellingNames(records: readonly TrailRecord[]): readonly Untrusted[] {
  const names = records.flatMap(namesOf);
  const unique = new Set<string>(names);
  const told = names.filter((name, index) => names.indexOf(name) === index);
  return told.filter((name) => !isArn(name) || !unique.has(lastPart(name)));
}

function namesOf({ eventName, resources }: TrailRecord): readonly Untrusted[] {
  const names = resources.map(({ name }) => name);
  const told = TOLD_BY.find(({ calls }) => calls.test(eventName));
  const telling = names.filter((name) => told?.names.test(name));
  return telling.length > 0 ? telling : names;
}

export const isPolicy = (name: string): boolean => POLICY_ARN.test(name);

/** Also with its middle left out. */
export const isAccessKey = (name: string): boolean => ACCESS_KEY.test(name);

/** Without those that a detail beside them says with a label, unless none would be left. */
export function withoutLabelled(
  names: readonly Untrusted[],
  details: readonly TrailDetail[],
): readonly Untrusted[] {
  const rest = names.filter((name) => details.every(({ value }) => value !== name));
  return rest.length > 0 ? rest : names;
}

/** The part of an ARN behind its account, where that is the account of the call itself. */
export function shortName(name: Untrusted, accountId: string | null): Untrusted {
  const [, account = '', part = ''] = ARN.exec(name) ?? [];
  const isOwn = part !== '' && (account === '' || account === accountId);
  return isOwn ? untrusted(part) : name;
}

/** What the action says already, or what is as usual: by event name or any (`*`), label and value. */
const USUAL_DETAILS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  '*': {
    forced: ['false'],
    failover: ['false'],
    'new deployment': ['false'],
    'without recovery': ['false'],
    'no final snapshot': ['false'],
    overwrite: ['true', 'false'],
    outgoing: ['false'],
  },
  StartInstances: { was: ['stopped'], now: ['pending', 'running'] },
  StopInstances: { was: ['running'], now: ['stopping', 'stopped'] },
  TerminateInstances: { was: ['running', 'stopped'], now: ['shutting-down', 'terminated'] },
};

/** The details worth reading at a glance; the written record has all of them. */
export function tellingDetails({ eventName, details }: TrailRecord): readonly TrailDetail[] {
  const rows = [USUAL_DETAILS['*'], ownRow(eventName)];
  return details.filter(
    ({ label, value }) => !rows.some((row) => usualValues(row, label).includes(value)),
  );
}

function ownRow(eventName: string): Readonly<Record<string, readonly string[]>> | undefined {
  return Object.hasOwn(USUAL_DETAILS, eventName) ? USUAL_DETAILS[eventName] : undefined;
}

function usualValues(
  row: Readonly<Record<string, readonly string[]>> | undefined,
  label: string,
): readonly string[] {
  return row !== undefined && Object.hasOwn(row, label) ? (row[label] ?? []) : [];
}

const isArn = (name: string): boolean => ARN.test(name);

/** `live` of an ARN that ends in `:live` or `/live`. */
const lastPart = (arn: string): string => arn.split(/[:/]/).at(-1) ?? '';
