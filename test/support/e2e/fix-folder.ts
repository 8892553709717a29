import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(
  new URL('../../../src/simulator/incidents/checkout-5xx', import.meta.url),
);
/** Of the stop that caused the incident: the writes below are copies of it. */
const GUILTY = '61a5e29f-1180-46e1-b308-729fd62ac61c';
const MINUTES = 10;

type Fields = Readonly<Record<string, unknown>>;

/**
 * The demo incident, and from its end on two writes in every second, for ten minutes: `own` starts
 * the instance that was stopped, `other` another one. Whenever a plan is carried out, both are seen.
 */
export async function makeFolderWithWrites(instances: {
  readonly own: string;
  readonly other: string;
}): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'redthread-fix-'));
  await cp(FOLDER, path, { recursive: true });
  const file = join(path, 'events.jsonl');
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  const guilty = JSON.parse(lines.find((line) => line.includes(`"${GUILTY}"`)) ?? '') as Fields;
  const { at } = JSON.parse(await readFile(join(path, 'incident.json'), 'utf8')) as {
    readonly at: string;
  };
  const writes = Array.from({ length: MINUTES * 60 }, (_, second) =>
    [instances.own, instances.other].map((instanceId) =>
      aStart(guilty, instanceId, Date.parse(at) + second * 1_000),
    ),
  ).flat();
  await writeFile(file, `${[...lines, ...writes].join('\n')}\n`);
  return { path, remove: () => rm(path, { recursive: true }) };
}

function aStart(guilty: Fields, instanceId: string, atMs: number): string {
  return JSON.stringify({
    ...guilty,
    eventID: `start-${instanceId}-${atMs}`,
    eventName: 'StartInstances',
    eventTime: new Date(atMs).toISOString().replace('.000', ''),
    requestParameters: { instancesSet: { items: [{ instanceId }] } },
    responseElements: null,
  });
}
