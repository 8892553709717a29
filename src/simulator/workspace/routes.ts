import type { Core } from './core.ts';
import { serveCanvas, serveFile, servePrivateFile, takeUpload } from './file-routes.ts';
import { json, type Reply, type Request, text } from './http-server.ts';
import { parseJson } from './json.ts';
import { limits } from './limits.ts';
import { respond } from './responses.ts';
import type { ApiRouter } from './web-api/router.ts';

/** The page and its files, by path; null for any other. */
export interface PageAssetFinder {
  readonly find: (
    pathname: string,
  ) => { readonly contentType: string; readonly body: string | Buffer } | null;
}

interface RouteParts {
  readonly core: Core;
  readonly api: ApiRouter;
  readonly pageAssets: PageAssetFinder | null;
}

/** Every HTTP path of the workspace. */
export function createRoutes({ core, api, pageAssets }: RouteParts) {
  return async (request: Request): Promise<Reply> => {
    const path = request.url.pathname;
    if (path.startsWith('/api/')) return callApi(api, request);
    if (path.startsWith('/response/')) return takeResponse(core, request);
    if (path.startsWith('/upload/')) return takeUpload(core, request);
    if (path.startsWith('/files-pri/')) return servePrivateFile(core, request);
    if (path.startsWith('/files/')) return serveFile(core, request);
    if (path.startsWith('/docs/')) return serveCanvas(core, request);
    const asset = request.method === 'GET' ? pageAssets?.find(path) : undefined;
    if (!asset) return text(404, 'Nothing here.');
    return {
      kind: 'answer',
      status: 200,
      headers: { 'content-type': asset.contentType },
      body: asset.body,
    };
  };
}

async function callApi(api: ApiRouter, request: Request): Promise<Reply> {
  const body = await request.body(limits.apiBodyBytesMax);
  const reply = api({
    method: request.url.pathname.slice('/api/'.length),
    contentType: request.header('content-type'),
    authorization: request.header('authorization'),
    body: body.toString('utf8'),
    query: request.url.searchParams,
  });
  if (reply.kind !== 'answer') return reply;
  const { retryAfterSeconds: wait, scopes } = reply;
  return json(reply.status, reply.body, {
    ...(wait !== undefined && { 'retry-after': String(wait) }),
    ...(scopes !== undefined && { 'x-oauth-scopes': scopes.join(',') }),
  });
}

async function takeResponse(core: Core, request: Request): Promise<Reply> {
  const raw = (await request.body(limits.apiBodyBytesMax)).toString('utf8');
  const body = parseJson(raw) ?? {};
  const target = core.responseUrls.use(request.url.pathname);
  const error = typeof target === 'string' ? target : respond(core, target, body);
  const isGone = typeof target === 'string';
  const status = error === null ? 200 : isGone ? 404 : 400;
  core.journal.add({ kind: 'response', atMs: Date.now(), url: request.url.pathname, body, status });
  return json(status, error === null ? { ok: true } : { ok: false, error });
}
