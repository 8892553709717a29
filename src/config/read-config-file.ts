import { readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { accessSection } from './access-schema.ts';
import { alarmsSection } from './alarms-schema.ts';
import { approvalSection } from './approval-schema.ts';
import { nudgesSection } from './nudges-schema.ts';
import { retentionSection } from './retention-schema.ts';
import { webhooksSection } from './webhooks-schema.ts';

const LIMITS = {
  regionsMax: 10,
  accountsMax: 50,
  channelsMax: 500,
  storesMax: 20,
  groupsMax: 20,
  pathCharactersMax: 1_000,
  watchMinutesMin: 1,
  watchMinutesMax: 1_440,
} as const;

export const regionName = z
  .string()
  .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'is not a Region name like eu-west-1');

/** YAML reads 111122223333 as a number, and 012345678901 as another one. */
const quotable = z.string({
  error: ({ input }) =>
    typeof input === 'number'
      ? 'was read as a number: put quotes around it, as in "111122223333"'
      : undefined,
});

const accountId = quotable.regex(/^\d{12}$/, 'is not an account id: 12 digits');
const accountName = quotable
  .regex(/^[a-z0-9][\w.-]{0,39}$/i, 'must be 1 to 40 letters, digits or . _ - (it is typed)')
  .refine((name) => !/^\d{12}$/.test(name), 'looks like an account id: give it a name');
/** A name or an id; whether there is such an account is asked when all of them are known. */
const accountReference = quotable.min(1, 'is empty').max(40, 'is no account name or id');
const accountReferences = z.array(accountReference).min(1).max(LIMITS.accountsMax);
const regions = z.array(regionName).min(1).max(LIMITS.regionsMax);
const CATEGORIES = ['management', 'data', 'network', 'insight'] as const;

const account = z.strictObject({
  id: accountId,
  name: accountName,
  role: z
    .string()
    .regex(
      /^arn:aws(?:-cn|-us-gov)?:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
      'is not the ARN of a role, arn:aws:iam::<account id>:role/<name>',
    )
    .optional(),
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
  externalId: quotable
    .regex(/^[\w+=,.@:/-]{2,1224}$/, 'must be 2 to 1224 letters, digits or + = , . @ : / - _')
    .optional(),
  regions: regions.optional(),
});

const channelId = z.string().regex(/^[CDG][A-Z0-9]{2,20}$/, 'is not a channel id like C0123ABCD');

const channel = z.strictObject({
  channel: channelId,
  accounts: accountReferences,
});

const eventStore = z.strictObject({
  region: regionName,
  account: accountReference.optional(),
  accounts: accountReferences.optional(),
  regions: regions.optional(),
  holds: z.array(z.enum(CATEGORIES)).min(1).max(CATEGORIES.length).optional(),
});

const logGroup = z
  .string()
  .regex(
    /^(?:arn:aws[\w-]*:logs:[a-z0-9-]+:\d{12}:log-group:)?[\w./#-]{1,512}$/,
    'is not the name or ARN of a log group (an ARN without :* at its end)',
  );
const logs = eventStore.extend({ groups: z.array(logGroup).min(1).max(LIMITS.groupsMax) });

const STORE_ID =
  /^(?:arn:aws[\w-]*:cloudtrail:[a-z0-9-]+:\d{12}:eventdatastore\/)?([0-9a-f-]{36})$/;
const lake = eventStore.extend({
  store: z
    .string()
    .regex(STORE_ID, 'is not the id or ARN of an event data store')
    .transform((text) => text.replace(STORE_ID, '$1')),
});

/** The YAML file at REDTHREAD_CONFIG: what is a list or a tree. */
const SECTIONS = {
  regions,
  accounts: z.array(account).min(1).max(LIMITS.accountsMax),
  channels: z.array(channel).max(LIMITS.channelsMax),
  logs: z.array(logs).max(LIMITS.storesMax),
  lake: z.array(lake).max(LIMITS.storesMax),
  alarms: alarmsSection({ regionName, accountReference, channelId }),
  access: accessSection(channelId),
  watch: z.strictObject({
    minutes: z
      .int('must be a whole number of minutes')
      .min(LIMITS.watchMinutesMin, 'is too short: an alarm needs minutes to go off')
      .max(LIMITS.watchMinutesMax, 'is longer than a day'),
  }),
  nudges: nudgesSection,
  // True and false are what a YAML 1.1 editor makes of a bare on and off.
  broadcast: z.union([z.enum(['on', 'off']), z.boolean()], { error: 'must be on or off' }),
  approval: approvalSection,
  retention: retentionSection,
  webhooks: webhooksSection(channelId),
  playbooks: z
    .string('must be the path of a folder, as in "playbooks: ./playbooks"')
    .min(1, 'is empty')
    .max(LIMITS.pathCharactersMax, 'is too long for a path'),
} as const;

export type ConfigFile = {
  readonly [Name in keyof typeof SECTIONS]?: z.infer<(typeof SECTIONS)[Name]>;
};

export interface ConfigFileReading {
  readonly file: ConfigFile;
  /** Names of sections that are left out because something is wrong in them. */
  readonly unreadable: readonly string[];
}

/**
 * Each section by itself, so that one with a mistake does not hide the mistakes of the others.
 * What is wrong goes to the problems.
 */
export function readConfigFile(path: string, problems: string[]): ConfigFileReading {
  const tree = readTree(path, problems);
  const file: Record<string, unknown> = {};
  const unreadable: string[] = [];
  for (const [name, value] of Object.entries(tree)) {
    const section = Object.entries(SECTIONS).find(([known]) => known === name)?.[1];
    if (section === undefined) {
      const known = Object.keys(SECTIONS).join(', ');
      problems.push(`${path}: ${name} is not known here (known are ${known})`);
      continue;
    }
    const parsed = z.safeParse(section, value);
    if (parsed.success) {
      file[name] = parsed.data;
      continue;
    }
    unreadable.push(name);
    problems.push(...parsed.error.issues.map((issue) => `${path}: ${tell(name, issue)}`));
  }
  return { file, unreadable };
}

function readTree(path: string, problems: string[]): Readonly<Record<string, unknown>> {
  try {
    const parsed = z
      .record(z.string(), z.unknown())
      .safeParse(parseYaml(readFileSync(path, 'utf8')) ?? {});
    if (parsed.success) return parsed.data;
    problems.push(`${path}: must hold settings by name, as in "regions: [eu-west-1]"`);
  } catch (error) {
    problems.push(`REDTHREAD_CONFIG ${path} cannot be read: ${String((error as Error).message)}`);
  }
  return {};
}

function tell(
  section: string,
  issue: { readonly path: readonly PropertyKey[]; readonly message: string },
): string {
  const place = [section, ...issue.path.map(String)].join('.');
  return `${place} ${issue.message}`;
}
