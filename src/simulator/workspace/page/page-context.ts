import { createContext, useContext } from 'react';
import type { PagePerson } from '../page-protocol.ts';
import type { PageActionBody } from './connection.ts';
import type { Directory } from './directory.ts';
import type { Route } from './route.ts';

/** What every part of the page may need; it changes only when the directory does. */
export interface PageContextValue {
  readonly workspace: Directory;
  /** False when the server refused; the refusal has then been shown. */
  readonly perform: (action: PageActionBody) => Promise<boolean>;
  readonly navigate: (change: Partial<Route>) => void;
  /** Asks an app's `confirm` dialog; true at once when there is none. */
  readonly confirm: (dialog: unknown) => Promise<boolean>;
}

export const PageContext = createContext<PageContextValue | null>(null);

export function usePage(): PageContextValue {
  const value = useContext(PageContext);
  if (value === null) throw new Error('usePage needs a PageContext above it');
  return value;
}

export function usePerson(userId: string): PagePerson | null {
  return usePage().workspace.people.find(({ id }) => id === userId) ?? null;
}
