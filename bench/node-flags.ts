import { readFileSync } from 'node:fs';

const DOCKERFILE = new URL('../Dockerfile', import.meta.url).pathname;

/** Those that the image starts Node with. */
export function nodeFlags(): readonly string[] {
  const [, words = '[]'] = /^ENTRYPOINT (\[.*\])$/m.exec(readFileSync(DOCKERFILE, 'utf8')) ?? [];
  return (JSON.parse(words) as string[]).filter((word) => word.startsWith('--'));
}
