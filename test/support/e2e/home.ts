import type { Workspace } from '../../../src/simulator/workspace/start-workspace.ts';
import { until } from '../poll.ts';
import { type TestPerson, textIn, walk } from './person.ts';

/** What a person sees on the bot's Home tab, and does there. */
export interface HomeTab {
  open(): Promise<void>;
  /** Its text as it is now; empty as long as nothing was published. */
  text(): string;
  see(words: string | RegExp): Promise<string>;
  /** Of its buttons, in order. */
  labels(): readonly string[];
  /** Taps the first button with this label; the sentence that Slack shows, null when it went well. */
  tap(label: string, about?: string): Promise<string | null>;
}

export function homeTab(workspace: Workspace, person: TestPerson): HomeTab {
  const blocks = () => {
    const shown = person.view().home?.['blocks'];
    return Array.isArray(shown) ? (shown as Readonly<Record<string, unknown>>[]) : [];
  };
  const buttons = () =>
    blocks().flatMap((block) =>
      walk(block['elements'])
        .filter(({ type }) => type === 'button')
        .map((element) => ({ blockId: String(block['block_id']), element })),
    );
  const labelOf = (element: Readonly<Record<string, unknown>>) => textIn(element['text']).trim();
  const text = () => textIn(blocks());
  return {
    open: async () => {
      await workspace.perform(person.id, { type: 'open-home' });
    },
    text,
    see: (words) =>
      until(`the Home tab shows ${words}`, () => {
        const shown = text();
        const isThere = typeof words === 'string' ? shown.includes(words) : words.test(shown);
        return isThere ? shown : null;
      }),
    labels: () => buttons().map(({ element }) => labelOf(element)),
    tap: async (label, about = '') => {
      const found = await until(`a button ${label} on Home`, () =>
        buttons().find(
          ({ element }) =>
            labelOf(element) === label && String(element['value'] ?? '').includes(about),
        ),
      );
      const action = { type: 'block-action', container: { type: 'home' }, state: {} } as const;
      return (await workspace.perform(person.id, { ...action, ...found })).problem;
    },
  };
}
