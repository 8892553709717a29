import { type Untrusted, untrusted } from '../untrusted.ts';
import type { TrailDetail, TrailRecord } from './record.ts';

const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\//;
const ARN = /^arn:aws[a-z-]*:[^:]*:[^:]*:(\d{0,12}):(.+)$/;

/** What calls were about, each thing once: an ARN is left out where its last part is a name already. */
export function tellingNames(records: readonly TrailRecord[]): readonly Untrusted[] {
  const names = records.flatMap(namesOf);
  const unique = new Set<string>(names);
  const told = names.filter((name, index) => names.indexOf(name) === index);
  return told.filter((name) => !isArn(name) || !unique.has(lastPart(name)));
}

/** Who took a role names the role; the key, the session and the provider are told elsewhere. */
function namesOf({ eventName, resources }: TrailRecord): readonly Untrusted[] {
  const names = resources.map(({ name }) => name);
  const roles = /^AssumeRole/.test(eventName) ? names.filter((name) => ROLE_ARN.test(name)) : [];
  return roles.length > 0 ? roles : names;
}

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
