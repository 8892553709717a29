/** What a workspace holds when it opens. People and channels are named; the ids are made. */
export interface WorkspaceSeed {
  readonly teamName: string;
  readonly teamDomain: string;
  /** False: the methods that Slack sells answer `plan_upgrade_required`. */
  readonly isPaidPlan?: boolean;
  readonly people: readonly SeedPerson[];
  readonly channels: readonly SeedChannel[];
  readonly userGroups?: readonly SeedUserGroup[];
}

export interface SeedPerson {
  /** The handle; also the key by which channels and messages name the person. */
  readonly name: string;
  readonly realName: string;
  readonly email: string;
  readonly timeZone: string;
  /** Fixed id where a test wants one. */
  readonly id?: string;
  readonly isGuest?: boolean;
  readonly isDeactivated?: boolean;
  /** Of another organisation, where the person comes from one. */
  readonly teamId?: string;
}

export interface SeedChannel {
  readonly name: string;
  readonly topic?: string;
  readonly isPrivate?: boolean;
  readonly id?: string;
  /** Handles; everybody when left out. */
  readonly members?: readonly string[];
  readonly hasBot: boolean;
  readonly messages?: readonly SeedMessage[];
}

export interface SeedMessage {
  readonly from: string;
  readonly text: string;
  readonly minutesAgo: number;
}

export interface SeedUserGroup {
  readonly handle: string;
  readonly name: string;
  readonly members: readonly string[];
  readonly id?: string;
}

export const northwindSeed: WorkspaceSeed = {
  teamName: 'Northwind',
  teamDomain: 'northwind-demo',
  people: [
    {
      name: 'ana',
      realName: 'Ana Duarte',
      email: 'ana@northwind.example',
      timeZone: 'Europe/Lisbon',
    },
    {
      name: 'ben',
      realName: 'Ben Okafor',
      email: 'ben@northwind.example',
      timeZone: 'Europe/London',
    },
    {
      name: 'chidi',
      realName: 'Chidi Rao',
      email: 'chidi@northwind.example',
      timeZone: 'Asia/Kolkata',
    },
    {
      name: 'dora',
      realName: 'Dora Lind',
      email: 'dora@northwind.example',
      timeZone: 'America/New_York',
    },
    // Those who did something in the demo's AWS account.
    {
      name: 'noor',
      realName: 'Noor Haddad',
      email: 'noor.haddad@northwind.example',
      timeZone: 'Europe/Berlin',
    },
    {
      name: 'petra',
      realName: 'Petra Okafor',
      email: 'petra.okafor@northwind.example',
      timeZone: 'Europe/London',
    },
    {
      name: 'marek',
      realName: 'Marek Dvorak',
      email: 'marek.dvorak@northwind.example',
      timeZone: 'Europe/Prague',
    },
    {
      name: 'tomas',
      realName: 'Tomas Lindqvist',
      email: 'tomas.lindqvist@northwind.example',
      timeZone: 'Europe/Stockholm',
    },
  ],
  channels: [
    {
      name: 'incidents',
      topic: 'What is broken right now',
      hasBot: true,
      messages: [
        { from: 'ana', text: 'I am on call until Monday morning.', minutesAgo: 190 },
        { from: 'chidi', text: 'Thanks. Nothing open from my side.', minutesAgo: 184 },
      ],
    },
    {
      name: 'deploys',
      topic: 'What went out, and when',
      hasBot: true,
      messages: [{ from: 'ben', text: 'checkout 4.18.2 is out in eu-west-1.', minutesAgo: 47 }],
    },
    {
      name: 'general',
      topic: 'Everybody',
      hasBot: true,
      messages: [
        { from: 'dora', text: 'Office in Boston is closed on Thursday.', minutesAgo: 300 },
      ],
    },
    {
      name: 'payments-team',
      topic: 'The app is not a member here',
      hasBot: false,
      messages: [{ from: 'dora', text: 'Card renewals look slow today.', minutesAgo: 25 }],
    },
  ],
  userGroups: [{ handle: 'oncall', name: 'On-call engineers', members: ['ana', 'ben', 'chidi'] }],
};
