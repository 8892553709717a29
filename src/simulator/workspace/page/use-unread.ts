import { useEffect, useMemo, useState } from 'react';
import type { PageChannel, PageWorkspace } from '../page-protocol.ts';

type ReadMarks = Readonly<Record<string, string>>;

/** Channels with messages by others that this person has not had in front of them. */
export function useUnread(
  workspace: PageWorkspace | null,
  openChannel: PageChannel | null,
): ReadonlySet<string> {
  const storageKey = workspace === null ? null : `read-${workspace.me.id}`;
  const [marks, setMarks] = useState<ReadMarks>({});
  useEffect(() => {
    if (storageKey !== null) setMarks(readMarks(storageKey));
  }, [storageKey]);
  const openId = openChannel?.id ?? null;
  const newest = openChannel === null ? null : newestTs(openChannel);
  useEffect(() => {
    if (storageKey === null || openId === null || newest === null) return;
    const next = { ...readMarks(storageKey), [openId]: newest };
    window.localStorage.setItem(storageKey, JSON.stringify(next));
    setMarks(next);
  }, [storageKey, openId, newest]);
  return useMemo(() => {
    const unread = (workspace?.channels ?? []).filter((channel) => {
      const others = channel.messages.filter(({ userId }) => userId !== workspace?.me.id);
      return others.some(({ ts }) => Number(ts) > Number(marks[channel.id] ?? 0));
    });
    return new Set(unread.map(({ id }) => id).filter((id) => id !== openId));
  }, [workspace, marks, openId]);
}

function newestTs(channel: PageChannel): string | null {
  return channel.messages.at(-1)?.ts ?? null;
}

function readMarks(storageKey: string): ReadMarks {
  const stored: unknown = JSON.parse(window.localStorage.getItem(storageKey) ?? '{}');
  return typeof stored === 'object' && stored !== null ? (stored as ReadMarks) : {};
}
