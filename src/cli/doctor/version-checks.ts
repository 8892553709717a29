import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Check, failed, ok } from './check.ts';

const packageSchema = z.object({ version: z.string(), engines: z.object({ node: z.string() }) });

export function readPackage(): z.infer<typeof packageSchema> {
  const path = new URL('../../../package.json', import.meta.url);
  return packageSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

export function versionChecks(running: string = process.versions.node): readonly Check[] {
  const { version, engines } = readPackage();
  const needed = Number(/\d+/.exec(engines.node)?.[0] ?? 0);
  return [
    { area: 'Versions', name: 'Redthread', run: async () => ok(version) },
    {
      area: 'Versions',
      name: 'Node.js',
      run: async () =>
        Number(running.split('.')[0]) >= needed
          ? ok(running)
          : failed(running, `Use Node.js ${needed} or newer.`),
    },
  ];
}
