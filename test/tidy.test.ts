import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const FILE_LINES_MAX = 300;

interface SourceFile {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

function filesUnder(folder: string, ending: RegExp): SourceFile[] {
  const absolute = join(ROOT, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute, { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name) && statSync(join(absolute, name)).isFile())
    .map((name) => {
      const path = join(absolute, name);
      return { path: relative(ROOT, path).split(sep).join('/'), text: readFileSync(path, 'utf8') };
    });
}

const CODE = filesUnder('src', /\.tsx?$/);
const TESTS = filesUnder('test', /\.tsx?$/);
const BENCH = filesUnder('bench', /\.ts$/);

/** Static and dynamic imports with their targets: a path in the project, or a package's name. */
function importsOf(file: SourceFile): { readonly target: string; readonly isOwn: boolean }[] {
  const pattern =
    /(?:^|\n)(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;
  return [...file.text.matchAll(pattern)].map((match) => {
    const name = match[1] ?? match[2] ?? match[3] ?? '';
    if (!name.startsWith('.')) return { target: name, isOwn: false };
    const target = relative(ROOT, resolve(ROOT, dirname(file.path), name))
      .split(sep)
      .join('/');
    return { target, isOwn: true };
  });
}

/** Which of our own folders a layer may import, and which packages. The order of rows matters. */
const LAYERS = [
  { layer: 'src/domain/', own: ['src/domain/'], packages: [] },
  { layer: 'src/ports', own: ['src/domain/', 'src/ports/'], packages: [] },
  { layer: 'src/errors.ts', own: ['src/domain/'], packages: [] },
  {
    layer: 'src/flows/',
    own: ['src/domain/', 'src/ports', 'src/errors.ts', 'src/flows/'],
    packages: [],
  },
  {
    layer: 'src/slack/',
    own: ['src/domain/', 'src/ports', 'src/errors.ts', 'src/flows/', 'src/slack/'],
    packages: ['@slack/', 'zod', 'node:', 'yaml'],
  },
  {
    layer: 'src/aws/',
    own: ['src/domain/', 'src/ports', 'src/errors.ts', 'src/aws/'],
    packages: ['@aws-sdk/', '@smithy/', 'zod', 'node:'],
  },
  {
    layer: 'src/graphs/',
    own: ['src/domain/', 'src/ports', 'src/errors.ts', 'src/graphs/'],
    packages: ['echarts/', '@resvg/resvg-wasm', '@expo-google-fonts/', 'node:'],
  },
  {
    layer: 'src/store/',
    own: ['src/domain/', 'src/ports', 'src/errors.ts', 'src/store/'],
    packages: ['ioredis', 'zod', 'node:'],
  },
  {
    layer: 'src/playbooks/',
    own: ['src/domain/', 'src/ports', 'src/errors.ts', 'src/playbooks/'],
    packages: ['yaml', 'zod', 'node:'],
  },
  {
    layer: 'src/simulator/',
    own: ['src/simulator/'],
    packages: [
      ...['ws', 'zod', 'node:', 'react', 'react-dom', 'slack-blocks-to-jsx', 'rolldown'],
      ...['echarts/', '@resvg/resvg-wasm', '@expo-google-fonts/'],
    ],
  },
  {
    layer: 'src/webhooks/',
    own: ['src/ports', 'src/errors.ts', 'src/intake/verify-signature.ts', 'src/webhooks/'],
    packages: [],
  },
  {
    layer: 'src/observe/',
    own: ['src/ports', 'src/errors.ts', 'src/observe/'],
    packages: ['pino', 'node:'],
  },
] as const;

describe('the source tree', () => {
  it('lets dependencies point inward only', () => {
    const violations = CODE.flatMap((file) => {
      const row = LAYERS.find(({ layer }) => file.path.startsWith(layer));
      if (row === undefined) return [];
      return importsOf(file)
        .filter(({ target, isOwn }) => {
          const allowed: readonly string[] = isOwn ? row.own : row.packages;
          return !allowed.some((start) => target.startsWith(start));
        })
        .map(({ target }) => `${file.path} imports ${target}`);
    });
    expect(violations).toEqual([]);
  });

  it('keeps the simulator out of what `redthread start` loads', () => {
    const seen = reachableFrom('src/app.ts');
    expect([...seen].filter((path) => path.startsWith('src/simulator/'))).toEqual([]);
  });

  it('needs nothing but production packages for `redthread start` and `export`', () => {
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const starts = ['src/cli/run-start.ts', 'src/cli/export-incident.ts', 'src/cli/help.ts'];
    const files = new Map(CODE.map((file) => [file.path, file]));
    const packages = starts
      .flatMap((path) => [...reachableFrom(path)])
      .flatMap((path) => importsOf(files.get(path) ?? { path, text: '' }))
      .filter(({ target, isOwn }) => !isOwn && !target.startsWith('node:'))
      .map(({ target }) =>
        target
          .split('/')
          .slice(0, target.startsWith('@') ? 2 : 1)
          .join('/'),
      );
    const missing = [...new Set(packages)].filter((name) => !(name in dependencies));
    expect(missing).toEqual([]);
  });

  it('runs no install script in a production install', () => {
    const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
    const withScripts = Object.entries<{ dev?: boolean; hasInstallScript?: boolean }>(packages)
      .filter(([, entry]) => entry.hasInstallScript === true && entry.dev !== true)
      .map(([name]) => name);
    expect(withScripts).toEqual([]);
  });

  it('keeps files short enough to be read in one go', () => {
    const long = [...CODE, ...TESTS, ...BENCH]
      .map((file) => ({ path: file.path, lines: file.text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > FILE_LINES_MAX);
    expect(long).toEqual([]);
  });

  it('has no file that nothing uses', () => {
    const entries = [
      'src/main.ts',
      'src/slack/write-manifest.ts',
      'src/simulator/incidents/generate-checkout-5xx.ts',
      'src/simulator/incidents/generate-monthly-bill.ts',
      'src/simulator/incidents/generate-ssh-timeout.ts',
      'src/simulator/incidents/generate-stolen-key.ts',
      'src/simulator/workspace/page/main.tsx',
      'bench/run.ts',
    ];
    const used = new Set(entries.flatMap((path) => [...reachableFrom(path)]));
    expect(CODE.map((file) => file.path).filter((path) => !used.has(path))).toEqual([]);
  });
});

function reachableFrom(entry: string): ReadonlySet<string> {
  const files = new Map([...CODE, ...TESTS, ...BENCH].map((file) => [file.path, file]));
  const seen = new Set<string>();
  const waiting = [entry];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const file = files.get(path);
    if (file === undefined || seen.has(path)) continue;
    seen.add(path);
    waiting.push(
      ...importsOf(file)
        .filter((row) => row.isOwn)
        .map((row) => row.target),
    );
  }
  return seen;
}

/** Words that must not be in a part of the tree, and why. */
const BANS = [
  {
    where: /^src\/domain\//,
    what: /\bDate\.now\(|\bnew Date\(\)|Math\.random\(|\bprocess\.|\basync\b|\bawait\b/,
    why: 'the domain is pure and synchronous',
  },
  {
    where: /^src\/(?!environment\.ts)/,
    what: /\bprocess\.env(?!\.NODE_ENV)\b/,
    why: 'the environment is read in one place',
  },
  {
    where: /^src\//,
    what: /\bskipValidation\b|\bas any\b|@ts-ignore|@ts-nocheck/,
    why: 'parse, do not cast',
  },
  {
    where: /^(src|test|bench)\//,
    what: /\b(TO[D]O|FIX[M]E|X[X]X)\b/,
    why: 'finish it, or say so in the issue',
  },
  {
    where: /^test\//,
    what: /\b(?:it|test|describe)\.(?:only|skip|todo)\b/,
    why: 'no test is skipped or focused',
  },
] as const;

describe('the words in it', () => {
  for (const { where, what, why } of BANS) {
    it(`are free of ${what.source} in ${where.source}: ${why}`, () => {
      const found = [...CODE, ...TESTS, ...BENCH]
        .filter((file) => where.test(file.path) && file.path !== 'test/tidy.test.ts')
        .flatMap((file) =>
          withoutComments(file.text)
            .split('\n')
            .filter((line) => what.test(line))
            .map((line) => `${file.path}: ${line.trim()}`),
        );
      expect(found).toEqual([]);
    });
  }
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

describe('the documents', () => {
  const documents = [
    ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md']
      .filter((name) => existsSync(join(ROOT, name)))
      .map((name) => ({ path: name, text: readFileSync(join(ROOT, name), 'utf8') })),
    ...filesUnder('docs', /\.md$/),
  ];

  it('link only to what is there', () => {
    const broken = documents.flatMap((document) =>
      [...document.text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map(([, link = '']) => link)
        .filter((link) => !existsSync(resolve(ROOT, dirname(document.path), link)))
        .map((link) => `${document.path}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  it('name only files and folders that are there', () => {
    const broken = documents.flatMap((document) =>
      [...document.text.matchAll(/`((?:src|test|bench|docs|\.ci|\.github)\/[A-Za-z0-9_./-]*)`/g)]
        .map(([, path = '']) => path)
        .filter((path) => !existsSync(join(ROOT, path)))
        .map((path) => `${document.path}: ${path}`),
    );
    expect(broken).toEqual([]);
  });

  it('name only npm scripts that are there', () => {
    const scripts = Object.keys(
      JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts,
    );
    const unknown = documents.flatMap((document) =>
      [...document.text.matchAll(/npm run (?:-s )?([a-z:-]+)/g)]
        .map(([, name = '']) => name)
        .filter((name) => !scripts.includes(name)),
    );
    expect(unknown).toEqual([]);
  });
});
