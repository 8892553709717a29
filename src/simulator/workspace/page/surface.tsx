import { createContext, type ReactNode, useContext, useMemo, useRef, useState } from 'react';
import type { PageContainer, PageStateValues } from '../page-protocol.ts';
import {
  type Changes,
  currentStateOf,
  type ElementState,
  stateFieldOf,
  stateValuesOf,
  withChange,
} from './element-state.ts';
import { type Loose, stringOf } from './loose.ts';
import { usePage } from './page-context.ts';

/** A message, a modal or the Home tab: whatever holds blocks and the state of their elements. */
export interface Surface {
  readonly container: PageContainer;
  readonly stateOf: (blockId: string, element: Loose) => ElementState;
  /** Keeps what the person chose. */
  readonly change: (blockId: string, element: Loose, chosen: ElementState) => void;
  /** Keeps the choice and tells the app, after the element's `confirm` dialog if it has one. */
  readonly act: (blockId: string, element: Loose, chosen: ElementState) => Promise<void>;
  readonly valuesNow: () => PageStateValues;
}

const SurfaceContext = createContext<Surface | null>(null);

export function SurfaceProvider(props: { surface: Surface; children: ReactNode }): ReactNode {
  return <SurfaceContext value={props.surface}>{props.children}</SurfaceContext>;
}

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (surface === null) throw new Error('useSurface needs a SurfaceProvider above it');
  return surface;
}

/** The surface for these blocks. Choices survive an update of the blocks, as in Slack. */
export function useSurfaceOf(container: PageContainer, blocks: readonly Loose[]): Surface {
  const { perform, confirm } = usePage();
  const [changes, setChanges] = useState<Changes>({});
  // A click right after a change must send the change, before React has drawn it.
  const latest = useRef<Changes>(changes);
  return useMemo(() => {
    const change: Surface['change'] = (blockId, element, chosen) => {
      const state = { type: element.type, ...chosen };
      latest.current = withChange(latest.current, blockId, stringOf(element.action_id), state);
      setChanges(latest.current);
    };
    const valuesNow = () => stateValuesOf(blocks, latest.current);
    return {
      container,
      change,
      valuesNow,
      stateOf: (blockId, element) => currentStateOf(changes, blockId, element),
      act: async (blockId, element, chosen) => {
        if (!(await confirm(element.confirm))) return;
        if (stateFieldOf(element) !== null) change(blockId, element, chosen);
        await perform({
          type: 'block-action',
          container,
          blockId,
          element: { ...element, ...chosen },
          state: valuesNow(),
        });
      },
    };
  }, [container, blocks, changes, perform, confirm]);
}
