import { type ReactNode, useState } from 'react';
import type { PageFile } from '../page-protocol.ts';
import { CanvasWriter } from './canvas-writer.tsx';
import { LibraryBlock } from './library-block.tsx';

const foldedPreviewCharacters = 600;
const canvasMimetype = 'application/vnd.slack-docs';

/** A picture is shown; of a text the beginning; of everything else the name and size. */
export function FileCard(props: { file: PageFile }): ReactNode {
  const { file } = props;
  const isImage = file.mimetype.startsWith('image/');
  const isCanvas = file.mimetype === canvasMimetype;
  return (
    <figure className="file" aria-label={`${isCanvas ? 'Canvas' : 'File'} ${file.name}`}>
      <figcaption className="file-card">
        <span className="file-mark" aria-hidden="true">
          {markOf(file)}
        </span>
        <span className="file-name">
          <strong>{file.title || file.name}</strong>
          <small>
            {isCanvas ? 'Canvas' : file.name} · {sizeText(file.sizeBytes)}
          </small>
        </span>
        {file.url === null ? (
          <small>Processing…</small>
        ) : (
          <a href={file.url} target="_blank" rel="noopener noreferrer">
            Open
          </a>
        )}
      </figcaption>
      {isImage && file.url !== null && (
        <img className="picture" src={file.url} alt={file.title || file.name} />
      )}
      {file.preview !== null && <Preview text={file.preview} isMarkdown={isMarkdown(file)} />}
      {isCanvas && <CanvasWriter canvasId={file.id} />}
    </figure>
  );
}

function Preview(props: { text: string; isMarkdown: boolean }): ReactNode {
  const [isFolded, setFolded] = useState(props.text.length > foldedPreviewCharacters);
  const text = isFolded ? `${props.text.slice(0, foldedPreviewCharacters)}…` : props.text;
  return (
    <div className="file-preview">
      {props.isMarkdown ? (
        <LibraryBlock key={text} block={{ type: 'markdown', text }} />
      ) : (
        <pre>{text}</pre>
      )}
      {props.text.length > foldedPreviewCharacters && (
        <button type="button" className="link" onClick={() => setFolded(!isFolded)}>
          {isFolded ? 'Show more' : 'Show less'}
        </button>
      )}
    </div>
  );
}

function markOf(file: PageFile): string {
  if (file.mimetype === canvasMimetype) return '📝';
  return file.mimetype.startsWith('image/') ? '🖼️' : '📄';
}

function isMarkdown(file: PageFile): boolean {
  return (
    file.mimetype === canvasMimetype ||
    file.mimetype === 'text/markdown' ||
    /\.(md|markdown)$/i.test(file.name)
  );
}

function sizeText(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} kB`;
}
