/** What a tab shows and for whom. It lives in the address so that tabs and links can be shared. */
export interface Route {
  readonly asUserId: string | null;
  /** A channel id, `home` for the app's Home tab, null for the first channel. */
  readonly place: string | null;
  readonly threadTs: string | null;
  /** The message a permalink points at, to be scrolled to and marked. */
  readonly messageTs: string | null;
}

export interface Address {
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}

/** Reads `/?as=U1#/C1/TS`, `/?as=U1#/home` and Slack's `/archives/C1/pTS?thread_ts=TS`. */
export function parseRoute(address: Address): Route {
  const query = new URLSearchParams(address.search);
  const asUserId = query.get('as');
  const [, place, threadTs, messageTs] = address.hash.split('/');
  if (place !== undefined && place !== '') {
    return { asUserId, place, threadTs: threadTs || null, messageTs: messageTs || null };
  }
  const link = /^\/archives\/(\w+)(?:\/p(\d+)(\d{6}))?$/.exec(address.pathname);
  const linkedTs = link?.[2] === undefined ? null : `${link[2]}.${link[3]}`;
  return {
    asUserId,
    place: link?.[1] ?? null,
    threadTs: query.get('thread_ts'),
    messageTs: linkedTs,
  };
}

export function formatRoute(route: Route): string {
  const query = route.asUserId === null ? '' : `?as=${encodeURIComponent(route.asUserId)}`;
  if (route.place === null) return `/${query}`;
  const parts = [route.place, route.threadTs ?? '', route.messageTs ?? ''].join('/');
  return `/${query}#/${parts.replace(/\/+$/, '')}`;
}
