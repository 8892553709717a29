import { fileURLToPath } from 'node:url';

/** Where the document of a story is committed. */
export function exampleFile(name: string): string {
  return fileURLToPath(new URL(`../../../docs/examples/${name}.md`, import.meta.url));
}
