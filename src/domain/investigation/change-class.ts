/** What kind of thing a change does to a system that runs. */
export const CHANGE_CLASSES = [
  'compute-stopped',
  'compute-replaced',
  'capacity-cut',
  'capacity-raised',
  'network-closed',
  'network-opened',
  'network-changed',
  'targets-changed',
  'edge-changed',
  'dns-changed',
  'prepared',
  'deployed',
  'reconfigured',
  'settings-changed',
  'permission-cut',
  'permission-widened',
  'key-changed',
  'data-removed',
  'retention-changed',
  'messaging-changed',
  'schedule-off',
  'watching-off',
  'exposed',
  'credential-made',
  'signed-in',
  'spending',
  'removed',
  'created',
  'routine',
] as const;

export type ChangeClass = (typeof CHANGE_CLASSES)[number];

/** How soon a change is felt: at once, while it rolls out, whenever something next needs it, or in hours to days. */
export type Latency = 'instant' | 'rollout' | 'latent' | 'overnight';

/** How much of the system a change takes away; tuning hardly ever breaks anything. */
export type Direction =
  | 'destructive'
  | 'restrictive'
  | 'changing'
  | 'tuning'
  | 'widening'
  | 'adding';

export interface ChangeKind {
  readonly changeClass: ChangeClass;
  readonly latency: Latency;
  readonly direction: Direction;
}

/** The calls of one kind: event source without its domain, recorded names without date suffixes. */
export interface CatalogueRow {
  readonly kind: ChangeKind;
  readonly calls: Readonly<Record<string, string>>;
}
