import type { z } from 'zod';
import type { Core } from '../core.ts';
import type { Json } from '../json.ts';
import type { Tier } from '../rate-limits.ts';
import { invalidArguments, Refusal } from '../refusal.ts';
import type { SocketMode } from '../socket-mode.ts';

/** What methods need beside the core. */
export interface ApiContext {
  readonly core: Core;
  readonly socketMode: SocketMode;
}

export interface Method {
  readonly tier: Tier;
  /** Which of the two tokens the method takes; `none`: no token at all. */
  readonly token: 'bot' | 'app' | 'none';
  /** Any one of these is enough; empty where Slack asks for none. */
  readonly scopes: readonly string[];
  readonly run: (context: ApiContext, args: Json) => Json;
}

export type MethodTable = Readonly<Record<string, Method>>;

/** Reads the arguments first; what does not fit is `invalid_arguments` with Slack's sentences. */
export function method<Schema extends z.ZodType>(
  facts: {
    readonly tier: Tier;
    readonly scopes?: readonly string[];
    readonly token?: Method['token'];
  },
  schema: Schema,
  run: (context: ApiContext, args: z.output<Schema>) => Json,
): Method {
  return {
    tier: facts.tier,
    token: facts.token ?? 'bot',
    scopes: facts.scopes ?? [],
    run(context, args) {
      const parsed = schema.safeParse(args);
      if (parsed.success) return run(context, parsed.data);
      throw refusalFor(parsed.error, args);
    },
  };
}

const broken: Readonly<Record<string, string>> = {
  blocks: 'invalid_blocks_format',
  metadata: 'invalid_metadata_format',
};

function refusalFor(error: z.ZodError, args: Json): Refusal {
  const names = error.issues.map((issue) => String(issue.path[0] ?? ''));
  for (const name of names) {
    const code = broken[name];
    if (code !== undefined) return new Refusal(code);
  }
  if (names.includes('channel') && args['channel'] === undefined)
    return new Refusal('channel_not_found');
  return invalidArguments(
    names.map((name) =>
      args[name] === undefined || args[name] === ''
        ? `[ERROR] missing required field: ${name}`
        : `[ERROR] invalid value for field: ${name}`,
    ),
  );
}
