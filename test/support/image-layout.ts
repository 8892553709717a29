import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const ROOT = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** Whom the Dockerfile's USER names; only root can become somebody else. */
const IMAGE_USER = 65_532;
export const UNPRIVILEGED = process.getuid?.() === 0 ? { uid: IMAGE_USER, gid: IMAGE_USER } : {};

export interface ImageLayout {
  /** What is /redthread in the image: nobody may write there. */
  readonly folder: string;
  /** What is /data: the one place to write. */
  readonly data: string;
  /** Settings that the Dockerfile makes. */
  readonly environment: Readonly<Record<string, string>>;
  /** The health check, as the Dockerfile has it, as the words of a command. */
  readonly healthCheck: readonly string[];
  remove(): Promise<void>;
}

/** Lays out what the Dockerfile's last stage would hold, without Docker: files, users, rights. */
export async function layOutImage(): Promise<ImageLayout> {
  const base = await mkdtemp(join(tmpdir(), 'redthread-image-'));
  const folder = join(base, 'redthread');
  const data = join(base, 'data');
  const dockerfile = await readFile(join(ROOT, 'Dockerfile'), 'utf8');
  for (const path of [...(await productionPackages()), ...copiedFiles(dockerfile)]) {
    await cp(join(ROOT, path), join(folder, path), { recursive: true });
  }
  const cache = join(folder, '.compile-cache');
  await mkdir(cache);
  await chmod(base, 0o755);
  await chmod(cache, 0o777);
  await run(process.execPath, compileCommand(dockerfile), {
    ...UNPRIVILEGED,
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: cache },
  });
  await mkdir(data);
  await run('chmod', ['-R', 'a-w,a+rX', folder]);
  await chmod(data, 0o777);
  return {
    folder,
    data,
    environment: { NODE_ENV: 'production', NODE_COMPILE_CACHE: cache, REDTHREAD_DATA: data },
    healthCheck: wordsOf(dockerfile, /HEALTHCHECK[\s\S]*?CMD (\[.*\])/),
    remove: async () => {
      await run('chmod', ['-R', 'u+w', base]);
      await rm(base, { recursive: true });
    },
  };
}

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ dev: z.boolean().optional(), devOptional: z.boolean().optional() }),
  ),
});

/** The folders that `npm ci --omit=dev` would make; nested ones come with those around them. */
async function productionPackages(): Promise<readonly string[]> {
  const lock = lockSchema.parse(
    JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')),
  );
  const names = Object.entries(lock.packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
    .map(([path]) => path);
  return names.filter((path) => !names.some((other) => path.startsWith(`${other}/`)));
}

/** What the last stage copies out of the checkout. */
function copiedFiles(dockerfile: string): readonly string[] {
  const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
  return [...last.matchAll(/^COPY (?!--from)(\S+) \.\/\S*$/gm)].map(([, path = '']) => path);
}

function compileCommand(dockerfile: string): readonly string[] {
  const [, code = ''] = /^RUN node -e "(.*)"$/m.exec(dockerfile) ?? [];
  return ['-e', code];
}

function wordsOf(dockerfile: string, pattern: RegExp): readonly string[] {
  const [, words = '[]'] = pattern.exec(dockerfile) ?? [];
  return z.array(z.string()).parse(JSON.parse(words));
}

/** Everything below a folder with the time of its last change. */
export async function listTree(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.map((entry) => join(entry.parentPath, entry.name)).toSorted();
}

export const NODE_FOLDER = dirname(process.execPath);
