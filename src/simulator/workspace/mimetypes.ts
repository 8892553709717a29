const byExtension: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  gif: 'image/gif',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  log: 'text/plain',
  md: 'text/markdown',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  webp: 'image/webp',
};

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

/** By the name; what is called a PNG must also begin like one. */
export function mimetypeOf(name: string, content: Buffer): string {
  const extension = name.split('.').at(-1)?.toLowerCase() ?? '';
  const known = byExtension[extension] ?? 'application/octet-stream';
  const isBrokenPng = known === 'image/png' && !content.subarray(0, 4).equals(PNG_SIGNATURE);
  return isBrokenPng ? 'application/octet-stream' : known;
}

export function isTextType(mimetype: string): boolean {
  return mimetype.startsWith('text/') || mimetype === 'application/json';
}
