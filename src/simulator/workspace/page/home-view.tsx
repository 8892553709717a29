import { type ReactNode, useEffect, useMemo } from 'react';
import type { PageContainer, PageWorkspace } from '../page-protocol.ts';
import { Blocks } from './blocks-adapter.tsx';
import { withIds } from './element-state.ts';
import { looseOf } from './loose.ts';
import { usePage } from './page-context.ts';
import { SurfaceProvider, useSurfaceOf } from './surface.tsx';

const homeContainer: PageContainer = { type: 'home' };

interface HomeViewProps {
  readonly home: PageWorkspace['home'];
  readonly openSidebar: () => void;
}

/** The bot's Home tab. Opening it is an event for the bot, which may then publish a new one. */
export function HomeView(props: HomeViewProps): ReactNode {
  const { perform } = usePage();
  useEffect(() => {
    void perform({ type: 'open-home' });
  }, [perform]);
  const published = looseOf(props.home).blocks;
  const blocks = useMemo(() => withIds(Array.isArray(published) ? published : []), [published]);
  const surface = useSurfaceOf(homeContainer, blocks);
  return (
    <main className="channel" aria-label="Home">
      <header className="channel-header">
        <button
          type="button"
          className="open-sidebar"
          aria-label="Show channels"
          onClick={props.openSidebar}
        >
          ☰
        </button>
        <div className="channel-title">
          <h1>Home</h1>
        </div>
      </header>
      <div className="home">
        {props.home === null && <p>The bot has not published its Home tab yet.</p>}
        <SurfaceProvider surface={surface}>
          <Blocks blocks={blocks} />
        </SurfaceProvider>
      </div>
    </main>
  );
}
