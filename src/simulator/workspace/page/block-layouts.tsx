import { type ReactNode, useState } from 'react';
import { ElementView } from './element-view.tsx';
import { withEmoji } from './emoji.ts';
import { ImageView } from './image-view.tsx';
import { LibraryBlock } from './library-block.tsx';
import { type Loose, listOf, looseOf, stringOf, textOf } from './loose.ts';
import { TextObject } from './text-object.tsx';

/** A titled frame around other blocks, which the person may fold. */
export function ContainerBlock(props: { block: Loose; children: ReactNode }): ReactNode {
  const { block } = props;
  const isCollapsible = block.is_collapsible === true;
  const [isFolded, setFolded] = useState(isCollapsible && block.default_collapsed === true);
  const heading = (
    <>
      <ContainerTitle block={block} />
      {textOf(block.subtitle) !== '' && (
        <div className="subtitle">
          <TextObject text={block.subtitle} />
        </div>
      )}
    </>
  );
  return (
    <section className="container" aria-label={textOf(block.title) || undefined}>
      {isCollapsible ? (
        <button
          type="button"
          className="container-head"
          aria-expanded={!isFolded}
          onClick={() => setFolded(!isFolded)}
        >
          <span className="fold-mark" aria-hidden="true">
            {isFolded ? '▸' : '▾'}
          </span>
          <span>{heading}</span>
        </button>
      ) : (
        <div className="container-head">{heading}</div>
      )}
      {!isFolded && <div className="container-body">{props.children}</div>}
    </section>
  );
}

function ContainerTitle(props: { block: Loose }): ReactNode {
  const { title, rich_text_title: richTitle, icon } = props.block;
  return (
    <span className="container-title">
      {icon !== undefined && <ImageView image={looseOf(icon)} className="context-image" />}
      {richTitle === undefined ? (
        withEmoji(textOf(title))
      ) : (
        <LibraryBlock block={looseOf(richTitle)} />
      )}
    </span>
  );
}

export function CardBlock(props: { block: Loose }): ReactNode {
  const { block } = props;
  const actions = listOf(block.actions);
  return (
    <section className="card">
      {block.hero_image !== undefined && (
        <ImageView image={looseOf(block.hero_image)} className="card-hero" />
      )}
      <div className="card-head">
        {block.icon !== undefined && (
          <ImageView image={looseOf(block.icon)} className="card-icon" />
        )}
        <div>
          <div className="card-title">
            <TextObject text={block.title} />
          </div>
          <div className="subtitle">
            <TextObject text={block.subtitle} />
          </div>
        </div>
      </div>
      <TextObject text={block.body} />
      {actions.length > 0 && (
        <div className="actions">
          {actions.map((element) => (
            <ElementView
              key={stringOf(element.action_id)}
              blockId={stringOf(block.block_id)}
              element={element}
              dispatches
            />
          ))}
        </div>
      )}
    </section>
  );
}

export function ImageBlock(props: { block: Loose }): ReactNode {
  const title = withEmoji(textOf(props.block.title));
  return (
    <figure className="image-block">
      {title !== '' && <figcaption>{title}</figcaption>}
      <ImageView image={props.block} className="picture" />
    </figure>
  );
}

export function FileBlock(props: { block: Loose }): ReactNode {
  return (
    <div className="file-card">
      <span className="file-mark" aria-hidden="true">
        📄
      </span>
      <span>Remote file {stringOf(props.block.external_id, 'without an id')}</span>
    </div>
  );
}
