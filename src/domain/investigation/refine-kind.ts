import type { TrailDetail, TrailRecord } from '../trail/record.ts';
import type { ChangeKind } from './change-class.ts';
import { countBefore, thingOf } from './change-index.ts';
import type { Change } from './change-set.ts';
import { settingUseOf } from './setting-name.ts';
import { SIZES, sizeOf } from './size.ts';

/** Settings whose value alone says what was done. First fit decides. */
const TELLING: readonly (readonly [label: RegExp, value: RegExp, Partial<ChangeKind>])[] = [
  [/^(?:desired|maximum|concurrency)$/, /^0$/, { direction: 'destructive', latency: 'instant' }],
  [/^enabled$/, /^false$/, { direction: 'restrictive' }],
  [/^enabled$/, /^true$/, { direction: 'adding' }],
  [/^status$/, /^inactive$/i, { direction: 'restrictive' }],
  [/^status$/, /^active$/i, { direction: 'adding' }],
  [/^action$/, /^deny$|^DELETE$/, { direction: 'restrictive' }],
  [/^action$/, /^allow$|^CREATE$/, { direction: 'adding' }],
  [/^apply immediately$/, /^false$/, { latency: 'latent' }],
  [/^as default$/, /^false$/, { direction: 'adding' }],
  [/^state$/, /^disabled$/i, { changeClass: 'schedule-off', direction: 'restrictive' }],
  // Proof that one owns a name; nobody is led anywhere by it.
  [/^type$/, /^TXT$/, { direction: 'tuning' }],
  [/^overwrite$/, /^false$/, { direction: 'adding' }],
  [/^billing$/, /^PAY_PER_REQUEST$/, { changeClass: 'capacity-raised', direction: 'widening' }],
];

/** Settings that nothing running feels: who may look, what is kept, when it is serviced. */
const UNFELT =
  /^(?:backups kept|snapshots kept|backup window|snapshot window|maintenance window|deletion protection|termination protection|tags |minor upgrades|monitoring|insights|retention|wait |execute command|description)/;
const UNFELT_ATTRIBUTES =
  /^(?:access_logs|connection_logs|deletion_protection|DisplayName|KmsMasterKeyId)/;
/** People's way in for repairs, and the watchers' (node exporter, SNMP): what is served comes another way. */
const ADMIN_PORTS = /^(?:22|3389|9100|161)$/;

/**
 * What a change really did, where the record shows it: a size that was lowered or raised since it was
 * last set, something switched off or on. The catalogue's word stands where it does not. Records
 * come oldest first.
 */
export function createRefiner(records: readonly TrailRecord[]): (change: Change) => ChangeKind {
  const settings = collectSettings(records);
  return ({ record, kind: known }) => {
    const kind = bySettingName(record, known);
    if (isUnfelt(record)) return { ...kind, direction: 'tuning' };
    for (const { label, value } of record.details) {
      const [, , told] =
        TELLING.find(([labels, values]) => labels.test(label) && values.test(value)) ?? [];
      if (told !== undefined) return { ...kind, ...told };
    }
    const steps = record.details
      .filter(({ label }) => SIZES.has(label))
      .map((detail) => stepOf(detail, record, settings));
    if (steps.includes(-1)) {
      const changeClass =
        kind.changeClass === 'capacity-raised' ? 'capacity-cut' : kind.changeClass;
      return { ...kind, changeClass, direction: 'restrictive' };
    }
    const isRaised = steps.includes(1);
    if (isRaised && kind.changeClass === 'capacity-cut') {
      return { ...kind, changeClass: 'capacity-raised', direction: 'widening' };
    }
    return isRaised ? { ...kind, direction: 'tuning' } : kind;
  };
}

/** A parameter's name says what it holds: a password is a key, a banner is nothing. */
function bySettingName({ resources }: TrailRecord, kind: ChangeKind): ChangeKind {
  if (kind.changeClass !== 'settings-changed') return kind;
  const uses = resources.map(({ name }) => settingUseOf(name));
  if (uses.includes('credential')) return { ...kind, changeClass: 'key-changed' };
  return uses.includes('wording') ? { ...kind, direction: 'tuning' } : kind;
}

/** Only where what was set is on record: no details say nothing. */
function isUnfelt({ details }: TrailRecord): boolean {
  const own = details.filter(({ label }) => label !== 'apply immediately' && label !== 'cluster');
  if (own.length === 0) return false;
  const ports = own.filter(({ label }) => label === 'from port');
  if (ports.length > 0) return ports.every(({ value }) => ADMIN_PORTS.test(value));
  return own.every(({ label, value }) =>
    label === 'attribute'
      ? value.split(', ').every((name) => UNFELT_ATTRIBUTES.test(name))
      : UNFELT.test(label),
  );
}

type Settings = ReadonlyMap<string, readonly { readonly atMs: number; readonly size: number }[]>;

function collectSettings(records: readonly TrailRecord[]): Settings {
  const settings = new Map<string, { atMs: number; size: number }[]>();
  for (const record of records) {
    if (record.readOnly || record.errorCode !== null) continue;
    for (const { label, value } of record.details) {
      const size = SIZES.has(label) ? sizeOf(value) : null;
      if (size === null) continue;
      const key = keyOf(record, label);
      if (key === null) continue;
      const known = settings.get(key) ?? [];
      known.push({ atMs: record.atMs, size });
      settings.set(key, known);
    }
  }
  return settings;
}

/** −1 when it was lowered since it was last set, 1 when raised, 0 when the record does not show it. */
function stepOf({ label, value }: TrailDetail, record: TrailRecord, settings: Settings): number {
  const size = sizeOf(value);
  if (size === null) return 0;
  const key = keyOf(record, label);
  const known = (key === null ? undefined : settings.get(key)) ?? [];
  const last = known[countBefore(known, record.atMs) - 1];
  return last === undefined ? 0 : Math.sign(size - last.size);
}

/** All things that it names: a service in a cluster is not the same service in another. */
function keyOf({ eventSource, resources }: TrailRecord, label: string): string | null {
  const things = [...new Set(resources.map(({ name }) => thingOf(name)))].slice(0, 2).sort();
  return things.length === 0 ? null : `${eventSource} ${label} ${things.join(' ')}`;
}
