import type { Ids } from './ids.ts';

export interface Upload {
  readonly fileId: string;
  readonly name: string;
  readonly content: Buffer | null;
}

/** Files between `files.getUploadURLExternal` and `files.completeUploadExternal`. */
export interface Uploads {
  begin(name: string): { readonly fileId: string; readonly path: string };
  /** Takes the bytes sent to this path; null for an unknown one. Returns the file's id. */
  take(path: string, content: Buffer): string | null;
  /** The upload, once; null where nothing was uploaded. */
  finish(fileId: string): Upload | null;
}

const UPLOADS_MAX = 50;

export function createUploads(ids: Ids): Uploads {
  const byPath = new Map<string, Upload>();
  return {
    begin(name) {
      const fileId = ids.id('F');
      const path = `/upload/v1/${ids.word(40)}`;
      byPath.set(path, { fileId, name, content: null });
      if (byPath.size > UPLOADS_MAX) {
        const oldest = byPath.keys().next();
        if (!oldest.done) byPath.delete(oldest.value);
      }
      return { fileId, path };
    },
    take(path, content) {
      const upload = byPath.get(path);
      if (upload === undefined) return null;
      byPath.set(path, { ...upload, content });
      return upload.fileId;
    },
    finish(fileId) {
      const found = [...byPath].find(([, upload]) => upload.fileId === fileId);
      if (found === undefined || found[1].content === null) return null;
      byPath.delete(found[0]);
      return found[1];
    },
  };
}
