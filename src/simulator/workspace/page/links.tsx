import type { MouseEvent, ReactNode } from 'react';
import { usePage } from './page-context.ts';
import { parseRoute } from './route.ts';

const openableProtocols = new Set(['http:', 'https:', 'mailto:']);

/** An app's link, null when it is not one a browser should open (`javascript:` and the like). */
export function safeUrlOf(url: string): URL | null {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed !== null && openableProtocols.has(parsed.protocol) ? parsed : null;
}

/** Links to this workspace's own messages open in place; all others in a new tab. */
export function SafeLink(props: { href: string; children: ReactNode }): ReactNode {
  const { navigate } = usePage();
  const url = safeUrlOf(props.href);
  if (url === null) return <span className="dead-link">{props.children}</span>;
  const route = url.origin === window.location.origin ? parseRoute(url) : null;
  if (route === null || route.place === null) {
    return (
      <a href={url.href} target="_blank" rel="noopener noreferrer">
        {props.children}
      </a>
    );
  }
  const open = (event: MouseEvent) => {
    event.preventDefault();
    const { place, threadTs, messageTs } = route;
    navigate({ place, threadTs, messageTs });
  };
  return (
    <a href={url.href} onClick={open}>
      {props.children}
    </a>
  );
}
