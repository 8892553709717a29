import { type ReactNode, useMemo } from 'react';
import { BlockBoundary } from './block-boundary.tsx';
import { ActionsBlock, ContextBlock, InputBlock, SectionBlock } from './block-forms.tsx';
import { CardBlock, ContainerBlock, FileBlock, ImageBlock } from './block-layouts.tsx';
import { DataTable } from './data-table.tsx';
import { cellText } from './data-table-rows.ts';
import { LibraryBlock } from './library-block.tsx';
import { type Loose, listOf, stringOf } from './loose.ts';

export type BlockErrors = Readonly<Record<string, string>>;

/** What slack-blocks-to-jsx draws well. Whatever can be clicked or filled in is drawn by us. */
const libraryTypes = new Set([
  'alert',
  'data_visualization',
  'divider',
  'header',
  'markdown',
  'plan',
  'rich_text',
  'task_card',
  'video',
]);

/** Blocks of a message, a modal or the Home tab, each of which may fail alone. */
export function Blocks(props: { blocks: readonly Loose[]; errors?: BlockErrors }): ReactNode {
  return (
    <div className="blocks">
      {props.blocks.map((block) => (
        <BlockBoundary key={stringOf(block.block_id)} block={block}>
          <BlockView block={block} errors={props.errors ?? {}} />
        </BlockBoundary>
      ))}
    </div>
  );
}

function BlockView(props: { block: Loose; errors: BlockErrors }): ReactNode {
  const { block, errors } = props;
  switch (block.type) {
    case 'section':
      return <SectionBlock block={block} />;
    case 'actions':
    case 'context_actions':
      return <ActionsBlock block={block} />;
    case 'context':
      return <ContextBlock block={block} />;
    case 'input':
      return <InputBlock block={block} error={errors[stringOf(block.block_id)] ?? null} />;
    case 'container':
      return (
        <ContainerBlock block={block}>
          <Blocks blocks={listOf(block.child_blocks)} errors={errors} />
        </ContainerBlock>
      );
    case 'card':
      return <CardBlock block={block} />;
    case 'carousel':
      return (
        <div className="carousel">
          <Blocks blocks={listOf(block.elements)} />
        </div>
      );
    case 'table':
      return <PlainTable block={block} />;
    case 'data_table':
      return <DataTable block={block} />;
    case 'image':
      return <ImageBlock block={block} />;
    case 'file':
      return <FileBlock block={block} />;
    default:
      return <OtherBlock block={block} />;
  }
}

function OtherBlock(props: { block: Loose }): ReactNode {
  const type = stringOf(props.block.type, 'none');
  if (libraryTypes.has(type)) return <LibraryBlock block={props.block} />;
  return <p className="block-problem">Unsupported block: {type}</p>;
}

/** The library cannot draw `raw_number` cells; their text is the same. */
function PlainTable(props: { block: Loose }): ReactNode {
  const block = useMemo(() => {
    const rows = Array.isArray(props.block.rows) ? props.block.rows.map(listOf) : [];
    const withText = rows.map((row) =>
      row.map((cell) =>
        cell.type === 'raw_number' ? { type: 'raw_text', text: cellText(cell) } : cell,
      ),
    );
    return { ...props.block, rows: withText };
  }, [props.block]);
  return <LibraryBlock block={block} />;
}
