/**
 * Plays the stories and writes their documents to `docs/examples/`:
 * `npx node test/support/e2e/write-examples.ts [name …]`, all of them without a name.
 */
import { writeFile } from 'node:fs/promises';
import { launchBrowser } from '../launch-browser.ts';
import { exampleFile } from './example-file.ts';
import { STORIES } from './stories.ts';
import { playStory } from './story.ts';

const names = process.argv.slice(2);
const browser = await launchBrowser();
try {
  for (const rows of STORIES.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const { example, complaints } = await playStory(rows, browser);
    for (const complaint of complaints) console.error(`${rows.name}: ${complaint}`);
    await writeFile(exampleFile(rows.name), example);
    console.log(`${rows.name}: ${example.split('\n').length} lines`);
  }
} finally {
  await browser.close();
}
