import type { ReactNode } from 'react';
import type { Directory } from './directory.ts';
import { SafeLink } from './links.tsx';
import { type Loose, looseOf, stringOf } from './loose.ts';
import { usePage } from './page-context.ts';

/** An image by address or by uploaded file. Images of other sites are not fetched, only linked. */
export function ImageView(props: { image: Loose; className: string }): ReactNode {
  const { workspace } = usePage();
  const source = imageSourceOf(props.image, workspace);
  const alt = stringOf(props.image.alt_text);
  if (source === null) {
    const label = `Image: ${alt || 'not available'}`;
    return <SafeLink href={stringOf(props.image.image_url)}>{label}</SafeLink>;
  }
  return <img className={props.className} src={source} alt={alt} />;
}

/** Null when the image is on another site or its file is still being processed. */
export function imageSourceOf(image: Loose, workspace: Directory): string | null {
  const file = looseOf(image.slack_file);
  const address = stringOf(image.image_url) || stringOf(file.url);
  if (address !== '') return isOwn(address) ? address : null;
  const uploaded = workspace.files.find(({ id }) => id === file.id);
  return uploaded?.url ?? null;
}

function isOwn(address: string): boolean {
  if (/^data:image\//.test(address)) return true;
  const url = URL.canParse(address, window.location.href)
    ? new URL(address, window.location.href)
    : null;
  return url?.origin === window.location.origin;
}
