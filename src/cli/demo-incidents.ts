import { fileURLToPath } from 'node:url';
import { AppError } from '../errors.ts';

/** An incident that the demo can tell, and how somebody would come to it. */
export interface DemoIncident {
  readonly name: string;
  readonly folder: string;
  /** Where its account has something; the first is where most of it is. */
  readonly regions: readonly [string, ...string[]];
  /** The alarm that opens it, where an alarm does. */
  readonly alarm: string;
  /** What has happened, without a full stop. */
  readonly trouble: string;
  /** What somebody types in #incidents who has noticed it. */
  readonly opening: string;
  /** A question whose answer leads to the cause. */
  readonly question: string;
}

type Told = Omit<DemoIncident, 'name' | 'folder'>;

const HOME = 'eu-west-1';

const INCIDENTS = {
  'checkout-5xx': {
    regions: [HOME],
    alarm: 'checkout-5xx',
    trouble: 'Checkout started to fail about a quarter of an hour ago',
    opening: '/triage checkout returns 5xx',
    question: '/trail who stopped i-0c4e8d21f6ab97530',
  },
  'ssh-timeout': {
    regions: [HOME],
    alarm: 'www-canary',
    trouble: 'The website and SSH to its machine began to time out a quarter of an hour ago',
    opening: '/triage website down, ssh times out',
    question: '/trail who touched sg-0a61b8e4f2d97c035',
  },
  'stolen-key': {
    regions: [HOME, 'ap-south-1'],
    alarm: 'CIS-4.5-CloudTrailChanges',
    trouble: 'Half an hour ago somebody turned the trail off, with a key that belongs to an export',
    opening: '/triage suspicious calls with the key of reporting-export',
    question: '/trail what did reporting-export since 3h',
  },
  'monthly-bill': {
    regions: [HOME],
    alarm: 'monthly-charges',
    trouble: 'Since this night the bill of the month is higher than planned',
    opening: '/triage bill above budget',
    question: '/trail event:RunInstances since 7d',
  },
} as const satisfies Record<string, Told>;

const DEFAULT = 'checkout-5xx';

export type DemoIncidentName = keyof typeof INCIDENTS;

export const DEMO_INCIDENT_NAMES = Object.keys(INCIDENTS) as readonly DemoIncidentName[];

export function demoIncident(name: DemoIncidentName = DEFAULT): DemoIncident {
  const folder = fileURLToPath(new URL(`../simulator/incidents/${name}`, import.meta.url));
  return { name, folder, ...INCIDENTS[name] };
}

/** The incident that somebody asked for by name; an unknown name is told with the list. */
export function chooseDemoIncident(name: string | undefined): DemoIncident {
  const known = DEMO_INCIDENT_NAMES.find((each) => each === (name ?? DEFAULT));
  if (known !== undefined) return demoIncident(known);
  const list = DEMO_INCIDENT_NAMES.join(', ');
  throw new AppError('input-invalid', `demo: there is no incident “${name}”; there are ${list}`);
}
