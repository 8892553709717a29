import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome'] as const;

/** A browser with a profile of its own that reaches nothing but what the test opens. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(process.env),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** `CHROMIUM_PATH`, or the first Chromium on the PATH. Throws with what to install. */
export function findChromium(environment: Readonly<Record<string, string | undefined>>): string {
  const named = environment['CHROMIUM_PATH'];
  const folders = (environment['PATH'] ?? '').split(delimiter);
  const candidates =
    named === undefined
      ? COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)))
      : [named];
  const found = candidates.find(isExecutable);
  if (found !== undefined) return found;
  throw new Error(
    `These tests need Chromium, and ${named === undefined ? `none of ${COMMANDS.join(', ')} is on the PATH` : `CHROMIUM_PATH=${named} cannot be run`}. Install it (Debian and Ubuntu: apt-get install chromium) or name it in CHROMIUM_PATH.`,
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
