import type { PageView } from '../../../src/simulator/workspace/page-protocol.ts';

export const OPENS_WINDOW: readonly string[] = ['tap:show-menu', 'tap:show-status'];

/** Not a form: nothing in it can be submitted. */
export function isWindow({ view }: PageView): boolean {
  const callback = String(view['callback_id'] ?? '');
  return callback.startsWith('window:') || JSON.stringify(view['title']).includes('"Redthread"');
}
