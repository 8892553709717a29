import type { Core } from '../core.ts';
import { isObject, type Json, parseJson } from '../json.ts';
import type { RateLimiter } from '../rate-limits.ts';
import { Refusal } from '../refusal.ts';
import type { ApiContext, Method, MethodTable } from './method.ts';

/** One HTTP request to `/api/METHOD`. */
export interface ApiRequest {
  readonly method: string;
  readonly contentType: string;
  readonly authorization: string;
  readonly body: string;
  readonly query: URLSearchParams;
}

/** What goes back; `cut` closes the connection instead, `hang` never answers. */
export type ApiReply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: Json;
      readonly retryAfterSeconds?: number;
      /** What the token may do. */
      readonly scopes?: readonly string[];
    }
  | { readonly kind: 'cut' }
  | { readonly kind: 'hang' };

/** While a channel is limited on demand. */
const LIMITED_SECONDS = 1;

export type ApiRouter = (request: ApiRequest) => ApiReply;

function readArguments(request: ApiRequest): Json {
  const query = Object.fromEntries(request.query);
  if (request.contentType.includes('application/json')) {
    const body = parseJson(request.body);
    return { ...query, ...(isObject(body) ? body : {}) };
  }
  return { ...query, ...Object.fromEntries(new URLSearchParams(request.body)) };
}

function requireToken(core: Core, method: Method, request: ApiRequest, args: Json): void {
  if (method.token === 'none') return;
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.authorization)?.[1];
  const token = bearer ?? (typeof args['token'] === 'string' ? args['token'] : '');
  if (token === '') throw new Refusal('not_authed');
  const { botToken, appToken } = core.settings;
  if (token !== botToken && token !== appToken) throw new Refusal('invalid_auth');
  const refusal = core.faults.tokenRefusal();
  if (token === botToken && refusal !== null) throw new Refusal(refusal);
  if ((token === botToken) !== (method.token === 'bot')) {
    throw new Refusal('not_allowed_token_type');
  }
}

function requireScope(core: Core, method: Method): void {
  const provided = core.settings.manifest.botScopes;
  if (provided === null || method.scopes.length === 0) return;
  if (method.scopes.some((scope) => provided.has(scope))) return;
  throw new Refusal('missing_scope', {
    needed: method.scopes.join(','),
    provided: [...provided].join(','),
  });
}

export function createApiRouter(
  context: ApiContext,
  methods: MethodTable,
  rateLimiter: RateLimiter,
): ApiRouter {
  const { core } = context;

  const limitFor = (request: ApiRequest, method: Method, args: Json): number | null => {
    const isPosting = request.method === 'chat.postMessage' || request.method === 'chat.update';
    if (isPosting && core.faults.isLimited(String(args['channel']))) return LIMITED_SECONDS;
    const wait = rateLimiter.takeCall(request.method, method.tier);
    if (wait !== null || request.method !== 'chat.postMessage') return wait;
    return rateLimiter.takeMessage(String(args['channel']));
  };

  const answer = (request: ApiRequest, args: Json): ApiReply => {
    const method = methods[request.method];
    if (method === undefined) throw new Refusal('unknown_method', { req_method: request.method });
    requireToken(core, method, request, args);
    requireScope(core, method);
    const retryAfterSeconds = limitFor(request, method, args);
    if (retryAfterSeconds !== null) return rateLimited(retryAfterSeconds);
    const body = { ok: true, ...method.run(context, args) };
    return { kind: 'answer', status: 200, body, ...scopesOf(core, method) };
  };

  const attempt = (request: ApiRequest, args: Json): ApiReply => {
    try {
      return answer(request, args);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return {
        kind: 'answer',
        status: 200,
        body: { ok: false, error: error.code, ...error.details },
      };
    }
  };

  return (request) => {
    const args = readArguments(request);
    const reply = withFault(core, request, () => attempt(request, args));
    core.journal.add({
      kind: 'api',
      atMs: Date.now(),
      method: request.method,
      args: withoutToken(args),
      status: reply.sent.kind === 'answer' ? reply.sent.status : 0,
      answer: reply.made,
    });
    return reply.sent;
  };
}

function scopesOf(core: Core, { token }: Method): { readonly scopes?: readonly string[] } {
  const { botScopes } = core.settings.manifest;
  if (token === 'app') return { scopes: ['connections:write'] };
  return token === 'bot' && botScopes !== null ? { scopes: [...botScopes] } : {};
}

function withoutToken(args: Json): Json {
  const { token: _, ...rest } = args;
  return rest;
}

function rateLimited(retryAfterSeconds: number | null): ApiReply {
  return {
    kind: 'answer',
    status: 429,
    body: { ok: false, error: 'ratelimited' },
    ...(retryAfterSeconds === null ? {} : { retryAfterSeconds }),
  };
}

/** `made`: the answer as it would have been, for the journal. */
function withFault(
  core: Core,
  request: ApiRequest,
  attempt: () => ApiReply,
): { readonly sent: ApiReply; readonly made: Json } {
  const fault = core.faults.takeCallFault(request.method);
  const failed = (sent: ApiReply) => ({ sent, made: sent.kind === 'answer' ? sent.body : {} });
  switch (fault?.kind) {
    case undefined:
      return failed(attempt());
    case 'drop-reply':
      return { sent: { kind: 'cut' }, made: failed(attempt()).made };
    case 'hang':
      return { sent: { kind: 'hang' }, made: fault.isApplied ? failed(attempt()).made : {} };
    case 'rate-limit':
      return failed(rateLimited(fault.retryAfterSeconds));
    case 'error':
      return failed({ kind: 'answer', status: 200, body: { ok: false, error: fault.error } });
    case 'status': {
      const body = { ok: false, error: 'internal_error' };
      const made = fault.isApplied ? failed(attempt()).made : body;
      return { sent: { kind: 'answer', status: fault.status, body }, made };
    }
  }
}
