import { useCallback, useEffect, useState } from 'react';
import { formatRoute, parseRoute, type Route } from './route.ts';

export interface Routing {
  readonly route: Route;
  readonly navigate: (change: Partial<Route>) => void;
  /** As `navigate`, without a new step in the browser's history. */
  readonly correct: (change: Partial<Route>) => void;
}

/** The route of this tab, kept in its address. */
export function useRoute(): Routing {
  const [route, setRoute] = useState(() => parseRoute(window.location));
  useEffect(() => {
    const read = () => setRoute(parseRoute(window.location));
    window.addEventListener('popstate', read);
    window.addEventListener('hashchange', read);
    return () => {
      window.removeEventListener('popstate', read);
      window.removeEventListener('hashchange', read);
    };
  }, []);
  const navigate = useCallback((change: Partial<Route>) => {
    const next = { ...parseRoute(window.location), ...change };
    window.history.pushState(null, '', formatRoute(next));
    setRoute(next);
  }, []);
  const correct = useCallback((change: Partial<Route>) => {
    const next = { ...parseRoute(window.location), ...change };
    window.history.replaceState(null, '', formatRoute(next));
    setRoute(next);
  }, []);
  return { route, navigate, correct };
}
