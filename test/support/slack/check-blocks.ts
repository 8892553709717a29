import type { KnownBlock, ModalView } from '@slack/types';
import { countCharacters } from '../../../src/slack/blocks/fit-text.ts';
import { BLOCK_LIMITS as LIMITS } from '../../../src/slack/blocks/limits.ts';

export interface Violation {
  /** JSON pointer of the part that Slack would refuse. */
  readonly pointer: string;
  readonly problem: string;
}

/** Whatever an element or a task may have that has a limit. */
interface Loose {
  readonly action_id?: unknown;
  readonly details?: unknown;
  readonly initial_value?: unknown;
  readonly options?: unknown;
  readonly placeholder?: unknown;
  readonly text?: unknown;
  readonly title?: unknown;
  readonly url?: unknown;
  readonly value?: unknown;
}

const BLOCK_TYPES: readonly string[] = [
  'header',
  'section',
  'context',
  'actions',
  'rich_text',
  'plan',
  'divider',
];
const VIEW_BLOCK_TYPES: readonly string[] = [
  'section',
  'context',
  'divider',
  'rich_text',
  'input',
  'actions',
];

/** What Slack would refuse in a message; empty when nothing. For tests and for the log. */
export function checkBlocks(blocks: readonly KnownBlock[]): readonly Violation[] {
  const total = countCharacters(blocks);
  return [
    ...range('/blocks', blocks.length, LIMITS.blocksPerMessageMax, 'blocks'),
    ...range('/blocks', total, LIMITS.messageCharactersMax, 'characters'),
    ...duplicates('/blocks', blocks, 'block_id'),
    ...blocks.flatMap((block, index) => checkBlock(`/blocks/${index}`, block, BLOCK_TYPES)),
  ];
}

export function checkView(view: ModalView): readonly Violation[] {
  return [
    ...range('/title', view.title.text.length, LIMITS.viewTitleCharactersMax, 'characters'),
    ...range('/submit', view.submit?.text.length ?? 1, LIMITS.viewTitleCharactersMax, 'characters'),
    ...range(
      '/private_metadata',
      (view.private_metadata?.length ?? 0) + 1,
      LIMITS.privateMetadataCharactersMax,
      'characters',
    ),
    ...range('/blocks', view.blocks.length, LIMITS.blocksPerViewMax, 'blocks'),
    ...duplicates('/blocks', view.blocks, 'block_id'),
    ...view.blocks.flatMap((block, index) =>
      checkBlock(`/blocks/${index}`, block as KnownBlock, VIEW_BLOCK_TYPES),
    ),
  ];
}

function checkBlock(pointer: string, block: KnownBlock, types: readonly string[]): Violation[] {
  const known = types.includes(block.type)
    ? []
    : [{ pointer, problem: `a ${block.type} block is not used here` }];
  return [...known, ...checkContent(pointer, block)];
}

function checkContent(pointer: string, block: KnownBlock): Violation[] {
  switch (block.type) {
    case 'header':
      return text(`${pointer}/text`, block.text, LIMITS.headerCharactersMax);
    case 'section':
      return text(`${pointer}/text`, block.text, LIMITS.sectionCharactersMax);
    case 'context':
      return [
        ...range(pointer, block.elements.length, LIMITS.contextElementsMax, 'elements'),
        ...block.elements.flatMap((element, index) =>
          text(`${pointer}/elements/${index}`, element, LIMITS.contextCharactersMax),
        ),
      ];
    case 'actions':
      return [
        ...range(pointer, block.elements.length, LIMITS.actionElementsMax, 'elements'),
        ...duplicates(pointer, block.elements, 'action_id'),
        ...block.elements.flatMap((element, index) =>
          checkElement(`${pointer}/elements/${index}`, { ...element }),
        ),
      ];
    case 'input':
      return [
        ...text(`${pointer}/label`, block.label, LIMITS.labelCharactersMax),
        ...(block.hint === undefined
          ? []
          : text(`${pointer}/hint`, block.hint, LIMITS.labelCharactersMax)),
        ...checkElement(`${pointer}/element`, { ...block.element }),
      ];
    case 'rich_text':
      return [
        ...range(pointer, block.elements.length, Number.POSITIVE_INFINITY, 'elements'),
        ...emptyElements(pointer, block.elements),
      ];
    case 'plan':
      return [
        ...range(
          `${pointer}/title`,
          block.title.length,
          LIMITS.taskTitleCharactersMax,
          'characters',
        ),
        ...(block.tasks ?? []).flatMap((task, index) =>
          checkTask(`${pointer}/tasks/${index}`, { ...task }),
        ),
      ];
    default:
      return [];
  }
}

function checkTask(pointer: string, task: Loose): Violation[] {
  const title = typeof task.title === 'string' ? task.title : '';
  return [
    ...range(`${pointer}/title`, title.length, LIMITS.taskTitleCharactersMax, 'characters'),
    ...emptyElements(`${pointer}/details`, task.details),
  ];
}

function checkElement(pointer: string, element: Loose): Violation[] {
  const options = Array.isArray(element.options) ? (element.options as readonly Loose[]) : null;
  return [
    ...optional(`${pointer}/text`, element.text, LIMITS.buttonCharactersMax),
    ...optional(`${pointer}/placeholder`, element.placeholder, LIMITS.placeholderCharactersMax),
    ...length(`${pointer}/action_id`, element.action_id, LIMITS.actionIdCharactersMax),
    ...length(`${pointer}/value`, element.value, LIMITS.valueCharactersMax),
    ...length(`${pointer}/url`, element.url, LIMITS.urlCharactersMax),
    ...length(`${pointer}/initial_value`, element.initial_value, LIMITS.inputCharactersMax),
    ...(options === null
      ? []
      : range(`${pointer}/options`, options.length, LIMITS.optionsMax, 'options')),
    ...(options ?? []).flatMap((option, index) => [
      ...optional(`${pointer}/options/${index}/text`, option.text, LIMITS.optionCharactersMax),
      ...length(`${pointer}/options/${index}/value`, option.value, LIMITS.optionValueCharactersMax),
    ]),
  ];
}

/** Slack refuses empty texts and empty lists anywhere inside rich_text. */
function emptyElements(pointer: string, value: unknown): Violation[] {
  if (Array.isArray(value)) {
    return [
      ...(value.length === 0 ? [{ pointer, problem: 'is empty' }] : []),
      ...value.flatMap((item, index) => emptyElements(`${pointer}/${index}`, item)),
    ];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === 'text' && child === ''
      ? [{ pointer: `${pointer}/text`, problem: 'is empty' }]
      : emptyElements(`${pointer}/${key}`, child),
  );
}

function optional(pointer: string, value: unknown, max: number): Violation[] {
  return value === undefined ? [] : text(pointer, value, max);
}

function text(pointer: string, value: unknown, max: number): Violation[] {
  const content = (value as Loose | undefined)?.text;
  if (typeof content !== 'string') return [{ pointer, problem: 'has no text' }];
  return range(pointer, content.trim() === '' ? 0 : content.length, max, 'characters');
}

function length(pointer: string, value: unknown, max: number): Violation[] {
  return typeof value === 'string' && value.length > max
    ? [{ pointer, problem: `has ${value.length} characters of ${max}` }]
    : [];
}

function range(pointer: string, count: number, max: number, unit: string): Violation[] {
  if (count === 0) return [{ pointer, problem: `has no ${unit}` }];
  return count > max ? [{ pointer, problem: `has ${count} ${unit} of ${max}` }] : [];
}

function duplicates(pointer: string, items: readonly object[], key: string): Violation[] {
  const values = items
    .map((item) => (item as Readonly<Record<string, unknown>>)[key])
    .filter((value) => value !== undefined);
  return new Set(values).size === values.length
    ? []
    : [{ pointer, problem: `has the same ${key} twice` }];
}
