import { type ReactNode, useId } from 'react';
import { ElementView } from './element-view.tsx';
import { withEmoji } from './emoji.ts';
import { ImageView } from './image-view.tsx';
import { type Loose, listOf, looseOf, stringOf, textOf } from './loose.ts';
import { TextObject } from './text-object.tsx';

export function SectionBlock(props: { block: Loose }): ReactNode {
  const { block } = props;
  const accessory = looseOf(block.accessory);
  const fields = Array.isArray(block.fields) ? block.fields : [];
  return (
    <div className="section">
      <div className="section-text">
        <TextObject text={block.text} />
        {fields.length > 0 && (
          <div className="section-fields">
            {fields.map((field: unknown) => (
              <TextObject key={textOf(field)} text={field} />
            ))}
          </div>
        )}
      </div>
      {accessory.type !== undefined && (
        <div className="section-accessory">
          <ElementView blockId={stringOf(block.block_id)} element={accessory} dispatches />
        </div>
      )}
    </div>
  );
}

export function ActionsBlock(props: { block: Loose }): ReactNode {
  const blockId = stringOf(props.block.block_id);
  return (
    <div className="actions">
      {listOf(props.block.elements).map((element) => (
        <ElementView
          key={stringOf(element.action_id)}
          blockId={blockId}
          element={element}
          dispatches
        />
      ))}
    </div>
  );
}

export function ContextBlock(props: { block: Loose }): ReactNode {
  return (
    <div className="context">
      {listOf(props.block.elements).map((element) =>
        element.type === 'image' ? (
          <ImageView key={JSON.stringify(element)} image={element} className="context-image" />
        ) : (
          <TextObject key={textOf(element)} text={element} />
        ),
      )}
    </div>
  );
}

/** A labelled field. Its error is tied to it, so that a screen reader reads both. */
export function InputBlock(props: { block: Loose; error: string | null }): ReactNode {
  const { block, error } = props;
  const inputId = useId();
  const label = withEmoji(textOf(block.label));
  return (
    <div className={error === null ? 'input-block' : 'input-block with-error'}>
      <label id={`${inputId}-label`} htmlFor={inputId}>
        {label}
        {block.optional === true && <span className="optional"> (optional)</span>}
      </label>
      <ElementView
        blockId={stringOf(block.block_id)}
        element={looseOf(block.element)}
        dispatches={block.dispatch_action === true}
        inputId={inputId}
        hasError={error !== null}
      />
      {error !== null && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      {textOf(block.hint) !== '' && <p className="hint">{withEmoji(textOf(block.hint))}</p>}
    </div>
  );
}
