import { normaliseEventName } from './event-name.ts';
import type { TrailRecord } from './record.ts';

// Writes that every account makes all day: nothing was changed, or nothing that breaks things.
const ROUTINE: Readonly<Record<string, readonly string[]>> = {
  'ecr.amazonaws.com': ['GetAuthorizationToken'],
  'kms.amazonaws.com': ['CreateGrant', 'Decrypt', 'Encrypt', 'GenerateDataKey', 'RetireGrant'],
  'logs.amazonaws.com': ['CreateLogStream', 'PutLogEvents'],
  'secretsmanager.amazonaws.com': ['EndSecretVersionDelete', 'StartSecretVersionDelete'],
  'signin.amazonaws.com': [
    'ConsoleLogin',
    'CredentialVerification',
    'SwitchRole',
    'UserAuthentication',
  ],
  'ssm.amazonaws.com': [
    'PutComplianceItems',
    'PutInventory',
    'UpdateInstanceAssociationStatus',
    'UpdateInstanceInformation',
  ],
  'sts.amazonaws.com': [
    'AssumeRole',
    'AssumeRoleWithSAML',
    'AssumeRoleWithWebIdentity',
    'GetCallerIdentity',
  ],
};

// Only when AWS does it: people create interfaces for a reason.
const ROUTINE_OF_SERVICES: Readonly<Record<string, readonly string[]>> = {
  'ec2.amazonaws.com': ['CreateNetworkInterface', 'DeleteNetworkInterface'],
};

const TAGGING = /^(?:Create|Delete)Tags$|^(?:Un)?[Tt]ag[A-Z]/;

export function isRoutineWrite(record: TrailRecord): boolean {
  const name = normaliseEventName(record.eventName);
  if (TAGGING.test(name)) return true;
  if (namesOf(ROUTINE, record).includes(name)) return true;
  const byService = record.principal.kind === 'service';
  return byService && namesOf(ROUTINE_OF_SERVICES, record).includes(name);
}

/** The source is text from outside: `constructor` is no row of the table. */
function namesOf(
  table: Readonly<Record<string, readonly string[]>>,
  { eventSource }: TrailRecord,
): readonly string[] {
  return Object.hasOwn(table, eventSource) ? (table[eventSource] ?? []) : [];
}

export interface SortedChanges {
  /** By people, pipelines and whoever is not known: what to read. */
  readonly telling: readonly TrailRecord[];
  readonly byServiceCount: number;
  readonly routineCount: number;
}

/** What people and pipelines did, apart from what AWS did by itself and from routine. Order is kept. */
export function sortChanges(records: readonly TrailRecord[]): SortedChanges {
  const chosen = records.filter((record) => !isRoutineWrite(record));
  const telling = chosen.filter((record) => record.principal.kind !== 'service');
  return {
    telling,
    byServiceCount: chosen.length - telling.length,
    routineCount: records.length - chosen.length,
  };
}

/**
 * The changes to keep when there are too many: routine writes go first, then those after the
 * problem began, then the oldest. Newest first, as given.
 */
export function mostTellingChanges(
  newestFirst: readonly TrailRecord[],
  options: { readonly startedAtMs: number | null; readonly recordsMax: number },
): readonly TrailRecord[] {
  const startedAtMs = options.startedAtMs ?? Number.POSITIVE_INFINITY;
  const rankOf = (record: TrailRecord) =>
    (isRoutineWrite(record) ? 2 : 0) + (record.atMs > startedAtMs ? 1 : 0);
  const ranked = newestFirst.map((record, index) => ({ record, index, rank: rankOf(record) }));
  return ranked
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .slice(0, options.recordsMax)
    .sort((a, b) => a.index - b.index)
    .map(({ record }) => record);
}
