import { canvasMimetype } from './canvases.ts';
import type { Core } from './core.ts';
import { type Reply, type Request, text } from './http-server.ts';
import { limits } from './limits.ts';
import { isTextType } from './mimetypes.ts';
import type { StoredFile } from './state.ts';

/** `body` of the first part of a multipart form, or the whole body where it is none. */
export function uploadedContent(contentType: string, body: Buffer): Buffer {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!contentType.startsWith('multipart/form-data') || boundary === undefined) return body;
  const start = body.indexOf('\r\n\r\n');
  const end = body.indexOf(`\r\n--${boundary}`, start);
  return start < 0 || end < 0 ? Buffer.alloc(0) : body.subarray(start + 4, end);
}

export async function takeUpload(core: Core, request: Request): Promise<Reply> {
  const body = await request.body(limits.uploadBytesMax);
  const fileId = core.uploads.take(
    request.url.pathname,
    uploadedContent(request.header('content-type'), body),
  );
  return fileId === null ? text(404, 'No such upload.') : text(200, `OK - ${body.length}`);
}

/** Nothing uploaded runs in the browser: images are shown, text is shown as text, the rest is saved. */
function contentHeaders(file: StoredFile): Readonly<Record<string, string>> {
  const sandbox = { 'content-security-policy': "default-src 'none'; sandbox" };
  const isImage = /^image\/(png|jpeg|gif|webp)$/.test(file.mimetype);
  if (isImage) return { ...sandbox, 'content-type': file.mimetype };
  const isText = isTextType(file.mimetype) || file.mimetype === canvasMimetype;
  if (isText) return { ...sandbox, 'content-type': 'text/plain; charset=utf-8' };
  const name = encodeURIComponent(file.name);
  return {
    ...sandbox,
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${name}`,
  };
}

function answer(file: StoredFile | undefined): Reply {
  if (file === undefined || file.mimetype === '') return text(404, 'No such file.');
  return { kind: 'answer', status: 200, headers: contentHeaders(file), body: file.content };
}

/** `/files/ID/name`, for the page. */
export function serveFile(core: Core, request: Request): Reply {
  return answer(core.state.files.get(request.url.pathname.split('/')[2] ?? ''));
}

/** `/docs/TEAM/ID`: where the link of a canvas leads. */
export function serveCanvas(core: Core, request: Request): Reply {
  const id = request.url.pathname.split('/')[3] ?? '';
  return answer(core.state.canvases.has(id) ? core.state.files.get(id) : undefined);
}

/** `/files-pri/TEAM-ID/…`, for the app, which shows its token. */
export function servePrivateFile(core: Core, request: Request): Reply {
  if (request.header('authorization') !== `Bearer ${core.settings.botToken}`)
    return text(403, 'not_authed');
  const id = (request.url.pathname.split('/')[2] ?? '').split('-')[1] ?? '';
  return answer(core.state.files.get(id));
}
