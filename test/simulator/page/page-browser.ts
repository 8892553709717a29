import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { PageAction, PageWorkspace } from '../../../src/simulator/workspace/page-protocol.ts';
import { actionOf, launchBrowser, type PageHarness, startPageHarness } from './page-harness.ts';

export interface PageBrowser {
  readonly harness: PageHarness;
  /** Opens a new tab that shows this workspace. */
  open(workspace: PageWorkspace, path?: string): Promise<Page>;
  sent<T extends PageAction['type']>(
    page: Page,
    type: T,
  ): Promise<Extract<PageAction, { type: T }>>;
  /** Script errors of all tabs of the present test. */
  readonly pageErrors: readonly string[];
}

/** One server and one browser for the tests of a file, a new browser profile for each test. */
export function createPageBrowser(): PageBrowser {
  let harness: PageHarness | undefined;
  let browser: Browser | undefined;
  const pageErrors: string[] = [];
  const started = () => {
    if (harness === undefined || browser === undefined) throw new Error('not started');
    return { harness, browser };
  };
  beforeAll(async () => {
    [harness, browser] = await Promise.all([startPageHarness(), launchBrowser()]);
  });
  afterEach(async () => {
    await Promise.all(
      started()
        .browser.contexts()
        .map((context) => context.close()),
    );
    started().harness.clear();
    pageErrors.length = 0;
  });
  afterAll(async () => {
    await browser?.close();
    await harness?.close();
  });
  return {
    get harness() {
      return started().harness;
    },
    open: async (workspace, path = '/?as=U1') => {
      const context = await started().browser.newContext();
      const page = await context.newPage();
      page.on('pageerror', (error) => pageErrors.push(String(error)));
      page.on('dialog', (dialog) => pageErrors.push(`dialog: ${dialog.message()}`));
      started().harness.show(workspace);
      await page.goto(started().harness.url + path);
      await page.getByRole('navigation', { name: 'Workspace' }).waitFor({ state: 'attached' });
      return page;
    },
    sent: (page, type) => actionOf(started().harness, page, type),
    pageErrors,
  };
}
