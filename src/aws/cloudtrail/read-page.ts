import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { isAppError } from '../../errors.ts';
import type { ActivityRequest } from '../../ports.ts';
import { type AnswerTrouble, explainTrouble, isThrottled } from '../answer-trouble.ts';
import type { AwsClients } from '../clients.ts';
import { pageSchema } from './schema.ts';
import { type CallLimiter, PACE, takeTurn } from './take-turn.ts';

export interface LookupDependencies {
  readonly clients: AwsClients;
  readonly store: CallLimiter;
  /** Between two calls for the same account and Region; AWS's own pace when left out. */
  readonly lookupSpacingMs?: number | undefined;
}

export type PageAnswer =
  | {
      readonly kind: 'page';
      readonly events: readonly unknown[];
      readonly nextToken: string | null;
    }
  | { readonly kind: 'trouble'; readonly trouble: AnswerTrouble };

const EVENTS_PER_PAGE = 50;
export const LOOKUP_PERMISSION = 'cloudtrail:LookupEvents';

/** One page, in its turn; throttled calls are tried again after a pause, a few times. */
export async function readPage(
  deps: LookupDependencies,
  request: ActivityRequest,
  token: string | null,
  signal: AbortSignal,
): Promise<PageAnswer> {
  const key = paceKey(request);
  for (let tries = 1; ; tries += 1) {
    try {
      const { urgency } = request.asker;
      await takeTurn(deps.store, { key, urgency, spacingMs: deps.lookupSpacingMs }, signal);
      return await askOnce(deps, request, token, signal);
    } catch (error) {
      // Ours, not AWS's: the work is tried again as a whole.
      if (isAppError(error)) throw error;
      if (isThrottled(error)) await deps.store.holdCalls(key, PACE.pauseMs);
      if (!isThrottled(error) || tries >= PACE.triesMax) {
        const { target } = request;
        return {
          kind: 'trouble',
          trouble: explainTrouble(error, { target, permission: LOOKUP_PERMISSION, signal }),
        };
      }
    }
  }
}

async function askOnce(
  deps: LookupDependencies,
  request: ActivityRequest,
  token: string | null,
  signal: AbortSignal,
): Promise<PageAnswer> {
  const { attribute, category } = request;
  // The token is bound to the parameters: they must be the same on every page.
  const command = new LookupEventsCommand({
    StartTime: new Date(request.fromMs),
    EndTime: new Date(request.toMs),
    MaxResults: EVENTS_PER_PAGE,
    ...(category !== undefined && { EventCategory: category }),
    ...(attribute && {
      LookupAttributes: [{ AttributeKey: attribute.key, AttributeValue: attribute.value }],
    }),
    ...(token !== null && { NextToken: token }),
  });
  const output = await deps.clients.withCloudTrail(request, (client) =>
    client.send(command, { abortSignal: signal }),
  );
  const page = pageSchema.parse(output);
  return { kind: 'page', events: page.Events ?? [], nextToken: page.NextToken || null };
}

function paceKey({ target }: ActivityRequest): string {
  return `lookup-events-${target.accountId ?? 'own'}-${target.region}`;
}
