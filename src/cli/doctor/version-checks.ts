import { readPackage } from '../../package-facts.ts';
import { type Check, failed, ok } from './check.ts';

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
