import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/run-command.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PICTURE_BYTES_MAX = 300_000;

const PAGES = [
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

/** Without what is shown as code, where nothing is a link or a heading. */
const prose = (text: string) => text.replaceAll(/^( *)```[\s\S]*?^\1```/gm, '');

interface Link {
  readonly from: string;
  /** Relative to the root; of a link within a page, the page. */
  readonly to: string;
  readonly anchor: string | null;
}

const LINKS: readonly Link[] = PAGES.flatMap(({ path, text }) =>
  [...prose(text).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)]*))?\)/g)].map(
    ([, file = '', anchor = null]) => ({
      from: path,
      to: file === '' ? path : relative(ROOT, resolve(ROOT, dirname(path), file)),
      anchor,
    }),
  ),
);

/** As GitHub makes anchors of headings: https://github.com/gjtorikian/html-pipeline, toc_filter */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = [...prose(text).matchAll(/^#{1,6} (.*)$/gm)].map(([, heading = '']) =>
    heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set(headings);
}

describe('the documents', () => {
  it('have every heading that a link leads to', () => {
    const anchors = new Map(PAGES.map(({ path, text }) => [path, anchorsOf(text)]));
    const broken = LINKS.filter(
      ({ to, anchor }) => anchor !== null && anchors.get(to)?.has(anchor) !== true,
    );
    expect(broken).toEqual([]);
  });

  it('can all be reached from the README', () => {
    const seen = new Set(['README.md']);
    for (const page of seen) {
      for (const { from, to } of LINKS) if (from === page) seen.add(to);
    }
    expect(PAGES.map(({ path }) => path).filter((path) => !seen.has(path))).toEqual([]);
  });

  it('show every picture that is there, and none that is too large to be loaded on a phone', () => {
    const pictures = readdirSync(join(ROOT, 'docs/pictures')).map(
      (name) => `docs/pictures/${name}`,
    );
    const shown = new Set(LINKS.map(({ to }) => to));
    expect(pictures.filter((path) => !shown.has(path))).toEqual([]);
    const large = pictures.filter((path) => statSync(join(ROOT, path)).size > PICTURE_BYTES_MAX);
    expect(large).toEqual([]);
  });

  it('name no folder or file beside the code that is not there', () => {
    const named = PAGES.flatMap(({ path, text }) =>
      [...text.matchAll(/(?:^|[\s`("])((?:src|test|bench|docs)\/[\w./-]*\w)/gm)].map(
        ([, file = '']) => ({ path, file }),
      ),
    );
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter(({ file }) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  it('name only commands that redthread has', async () => {
    const { out } = await runCommand('help');
    const known = new Set([...out.matchAll(/^ {2}redthread (\w+)/gm)].map(([, name]) => name));
    const named = PAGES.flatMap(({ path, text }) =>
      [...text.matchAll(/(?:redthread -- |src\/main\.ts |`redthread )([a-z]+)/g)].map(
        ([, command = '']) => ({ path, command }),
      ),
    );
    expect(known.size).toBeGreaterThan(5);
    expect(named.filter(({ command }) => !known.has(command))).toEqual([]);
  });
});
