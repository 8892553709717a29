/**
 * Plays the stories and writes their documents to `docs/examples/`:
 * `npx node test/support/e2e/write-examples.ts [--pictures FOLDER] [name …]`, all of them without a
 * name. With a folder, also what people saw at the moments that their stories name.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser } from '../launch-browser.ts';
import type { Visitor } from './browser.ts';
import { exampleFile } from './example-file.ts';
import { STORIES } from './stories.ts';
import { playStory } from './story.ts';

const { values, positionals } = parseArgs({
  options: { pictures: { type: 'string' } },
  allowPositionals: true,
});
const folder = values.pictures;
if (folder !== undefined) await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
try {
  const wanted = STORIES.filter(
    ({ name }) => positionals.length === 0 || positionals.includes(name),
  );
  for (const rows of wanted) {
    const { example, complaints } = await playStory(rows, browser, takePicture);
    for (const complaint of complaints) console.error(`${rows.name}: ${complaint}`);
    await writeFile(exampleFile(rows.name), example);
    console.log(`${rows.name}: ${example.split('\n').length} lines`);
  }
} finally {
  await browser.close();
}

async function takePicture(name: string, { page }: Visitor): Promise<void> {
  if (folder === undefined) return;
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}
