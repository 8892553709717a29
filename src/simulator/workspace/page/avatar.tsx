import type { ReactNode } from 'react';
import type { PagePerson } from '../page-protocol.ts';
import { displayNameOf } from './composition.ts';

/** Drawn initials: a local workspace has no pictures of people. */
export function Avatar(props: { person: PagePerson | null; size?: 'small' }): ReactNode {
  const name = props.person === null ? '?' : displayNameOf(props.person);
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('');
  return (
    <span
      className={`avatar ${props.size ?? ''} ${props.person?.isBot === true ? 'bot' : ''}`}
      style={{ background: props.person?.color ?? '#888' }}
      aria-hidden="true"
    >
      {initials}
    </span>
  );
}
