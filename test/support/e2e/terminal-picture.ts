import type { Browser } from 'playwright-core';

const PAGE_WIDTH = 960;

/** One command and what it printed. */
export interface Printed {
  readonly command: string;
  readonly output: string;
}

/** What a terminal shows, as a picture: the words are the real ones, marks have the colours of alarm lights. */
export async function takeTerminal(
  browser: Browser,
  { command, output }: Printed,
  path: string,
): Promise<void> {
  const page = await browser.newPage({ viewport: { width: PAGE_WIDTH, height: 200 } });
  await page.setContent(`<style>
    body { margin: 0; background: #1d1f24; color: #e6e6e6; font: 14px/1.45 "DejaVu Sans Mono", monospace; }
    pre { margin: 0; padding: 14px 18px; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
    .command { color: #9ecbff } .ok { color: #7ee08f } .bad { color: #ff8a80; font-weight: bold }
    .look { color: #ffd479 } .area { font-weight: bold } .advice { color: #ffd479 }
  </style><pre><span class="command">$ ${toHtml(command)}</span>\n${output.trimEnd().split('\n').map(colour).join('\n')}</pre>`);
  await page.locator('pre').screenshot({ path });
  await page.close();
}

const COLOURS: readonly (readonly [RegExp, string])[] = [
  [/^(FAILED)/, 'bad'],
  [/^(ok)(?=\s)/, 'ok'],
  [/^(warning|not checked)/, 'look'],
  [/^([A-Z][a-z]+|AWS)$/, 'area'],
];

function colour(line: string): string {
  const row = COLOURS.find(([pattern]) => pattern.test(line));
  if (row === undefined) return toHtml(line);
  const [pattern, name] = row;
  return toHtml(line).replace(pattern, `<span class="${name}">$1</span>`);
}

function toHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
