import { readFileSync } from 'node:fs';
import { z } from 'zod';

const schema = z.object({ version: z.string(), engines: z.object({ node: z.string() }) });

/** What package.json says of this Redthread. */
export function readPackage(): z.infer<typeof schema> {
  const path = new URL('../package.json', import.meta.url);
  return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
}
