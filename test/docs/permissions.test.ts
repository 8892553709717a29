import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PERMISSIONS } from '../../src/aws/permissions.ts';

const FOLDER = fileURLToPath(new URL('../../src/aws', import.meta.url));

/** What the services are called in policies. */
const SERVICES: Readonly<Record<string, string>> = {
  cloudtrail: 'cloudtrail',
  cloudwatch: 'cloudwatch',
  'cloudwatch-logs': 'logs',
  sqs: 'sqs',
};

/** Every command of the SDK that the code imports, as an IAM action. */
function calledActions(): readonly string[] {
  const texts = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(FOLDER, name), 'utf8'));
  const imports = texts.flatMap((text) => [
    ...text.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([a-z-]+)'/g),
  ]);
  const actions = imports.flatMap(([, names = '', service = '']) =>
    [...names.matchAll(/\b([A-Z]\w+)Command\b/g)].map(
      ([, command]) => `${SERVICES[service]}:${command}`,
    ),
  );
  return [...new Set([...actions, 'sts:AssumeRole'])].toSorted();
}

describe('the table of permissions', () => {
  it('has what the code calls, and nothing else', () => {
    expect(Object.keys(PERMISSIONS).toSorted()).toEqual(calledActions());
  });
});
