import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import type { AccountSettings, Asker, AwsCallWatch } from '../ports.ts';
import { outcomeOf } from './answer-trouble.ts';

export type RoleSettings = NonNullable<AccountSettings['role']>;

type Provide = ReturnType<typeof fromTemporaryCredentials>;
type ClientProperties = Parameters<Provide>[0];
type Credentials = Awaited<ReturnType<Provide>>;
type StsConfig = NonNullable<Parameters<typeof fromTemporaryCredentials>[0]['clientConfig']>;

const LIMITS = {
  /** A role that is assumed from a role lasts an hour at most; half of it is enough for any question. */
  durationSeconds: 1_800,
  /** The SDK looks for newer credentials this long before they expire, and must then get newer ones. */
  refreshBeforeMs: 5 * 60_000,
  /** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
  sessionNameCharactersMax: 64,
} as const;

/** The bot could not become this role. `cause` is what STS, or the search for own credentials, said. */
export class RoleRefused extends Error {
  readonly role: RoleSettings;

  constructor(role: RoleSettings, cause: unknown) {
    super(`The role ${role.arn} could not be assumed.`, { cause });
    this.name = 'RoleRefused';
    this.role = role;
  }
}

/** Who asks, as CloudTrail in the account will show it: `redthread-U0123ABCD`, or `redthread-bot`. */
export function sessionNameOf({ userId }: Asker): string {
  const name = `redthread-${userId ?? 'bot'}`.replaceAll(/[^\w+=,.@-]/g, '-');
  return name.slice(0, LIMITS.sessionNameCharactersMax);
}

/**
 * Credentials of one role for one session name, shared by the clients of all Regions and services:
 * asked for when first needed, once for all who wait, and again shortly before they expire.
 * The provider throws RoleRefused; a refusal is not kept.
 */
export function createRoleCredentials(
  role: RoleSettings,
  sessionName: string,
  clientConfig: StsConfig,
  watch?: AwsCallWatch,
): Provide {
  const assume = fromTemporaryCredentials({
    params: {
      RoleArn: role.arn,
      RoleSessionName: sessionName,
      DurationSeconds: LIMITS.durationSeconds,
      ...(role.externalId !== null && { ExternalId: role.externalId }),
    },
    clientConfig,
  });
  let kept: Credentials | null = null;
  let asking: Promise<Credentials> | null = null;
  const ask = async (properties: ClientProperties): Promise<Credentials> => {
    const fromMs = performance.now();
    const tell = (outcome: Parameters<AwsCallWatch['called']>[0]['outcome']) => {
      const seconds = (performance.now() - fromMs) / 1_000;
      watch?.called({ service: 'sts', operation: 'AssumeRole', outcome, seconds });
    };
    try {
      kept = await assume(properties);
      tell('ok');
      return kept;
    } catch (error) {
      tell(outcomeOf(error));
      throw new RoleRefused(role, error);
    } finally {
      asking = null;
    }
  };
  return async (properties) => {
    if (kept !== null && lastsLongEnough(kept)) return kept;
    asking ??= ask(properties);
    return asking;
  };
}

function lastsLongEnough({ expiration }: Credentials): boolean {
  return expiration !== undefined && expiration.getTime() - Date.now() > LIMITS.refreshBeforeMs;
}
