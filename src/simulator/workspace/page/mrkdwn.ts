/** Slack's own markup, which is not Markdown: no headings, no lists, marks only around words. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'emoji'; readonly name: string }
  | { readonly kind: 'user' | 'channel' | 'group'; readonly id: string; readonly name: string }
  | { readonly kind: 'broadcast'; readonly range: string }
  | { readonly kind: 'link'; readonly url: string; readonly label: string }
  | {
      readonly kind: 'date';
      readonly seconds: number;
      readonly format: string;
      readonly url: string | null;
      readonly fallback: string;
    }
  | {
      readonly kind: 'strong' | 'em' | 's';
      readonly children: readonly Inline[];
    };

export type MrkdwnPart =
  | { readonly kind: 'pre'; readonly text: string }
  | { readonly kind: 'quote' | 'lines'; readonly children: readonly Inline[] };

interface InlineRule {
  readonly pattern: RegExp;
  readonly read: (match: RegExpExecArray) => Inline;
}

const inlineRules: readonly InlineRule[] = [
  { pattern: /`([^`\n]+)`/y, read: ([, text = '']) => ({ kind: 'code', text: decode(text) }) },
  { pattern: /<([^<>\n]+)>/y, read: ([, token = '']) => readToken(token) },
  {
    pattern: /https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)*_~`'"]/y,
    read: ([url]) => ({ kind: 'link', url: decode(url), label: decode(url) }),
  },
  {
    pattern: /:([a-z0-9_+-]+(?:::skin-tone-\d)?):/y,
    read: ([, name = '']) => ({ kind: 'emoji', name }),
  },
  {
    pattern: markPattern('*'),
    read: ([, inner = '']) => ({ kind: 'strong', children: parseInline(inner) }),
  },
  {
    pattern: markPattern('_'),
    read: ([, inner = '']) => ({ kind: 'em', children: parseInline(inner) }),
  },
  {
    pattern: markPattern('~'),
    read: ([, inner = '']) => ({ kind: 's', children: parseInline(inner) }),
  },
];

/** A mark counts only at the edge of a word: `a_b_c` and `2*3*4` stay as they are. */
function markPattern(mark: '*' | '_' | '~'): RegExp {
  const edge = `[\\p{L}\\p{N}${mark}]`;
  return new RegExp(
    `(?<!${edge})[${mark}](?=\\S)([^${mark}\\n]+)(?<=\\S)[${mark}](?!${edge})`,
    'uy',
  );
}

export function parseMrkdwn(text: string): readonly MrkdwnPart[] {
  // Odd pieces are what stood between two fences; an unclosed fence is ordinary text.
  const pieces = text.split(/```([\s\S]+?)```/);
  return pieces.flatMap((piece, index): readonly MrkdwnPart[] => {
    if (index % 2 === 1) return [{ kind: 'pre', text: decode(piece.replace(/^\n|\n$/g, '')) }];
    return parseLines(index === 0 ? piece : piece.replace(/^\n/, ''));
  });
}

function parseLines(text: string): readonly MrkdwnPart[] {
  const groups: { isQuote: boolean; lines: string[] }[] = [];
  let isQuotedToEnd = false;
  for (const line of text.split('\n')) {
    const quote = /^(>>>|&gt;&gt;&gt;|>|&gt;) ?/.exec(line);
    isQuotedToEnd ||= quote?.[1] === '>>>' || quote?.[1] === '&gt;&gt;&gt;';
    const isQuote = quote !== null || isQuotedToEnd;
    const last = groups.at(-1);
    const shown = line.slice(quote?.[0].length ?? 0);
    if (last !== undefined && last.isQuote === isQuote) last.lines.push(shown);
    else groups.push({ isQuote, lines: [shown] });
  }
  return groups
    .map(({ isQuote, lines }) => ({ isQuote, text: lines.join('\n') }))
    .filter((group) => group.text !== '')
    .map((group) => ({
      kind: group.isQuote ? 'quote' : 'lines',
      children: parseInline(group.text),
    }));
}

function parseInline(text: string): readonly Inline[] {
  const found: Inline[] = [];
  let plain = '';
  let at = 0;
  const endPlain = () => {
    if (plain !== '') found.push({ kind: 'text', text: decode(plain) });
    plain = '';
  };
  while (at < text.length) {
    const hit = matchAt(text, at);
    if (hit === null) {
      plain += text[at];
      at += 1;
    } else {
      endPlain();
      found.push(hit.inline);
      at += hit.length;
    }
  }
  endPlain();
  return found;
}

function matchAt(text: string, at: number): { inline: Inline; length: number } | null {
  for (const { pattern, read } of inlineRules) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) return { inline: read(match), length: match[0].length };
  }
  return null;
}

/** What stands between angle brackets: a mention, a date or a link. */
function readToken(token: string): Inline {
  const [target = '', ...rest] = token.split('|');
  const name = decode(rest.join('|'));
  if (target.startsWith('@')) return { kind: 'user', id: target.slice(1), name };
  if (target.startsWith('#')) return { kind: 'channel', id: target.slice(1), name };
  if (target.startsWith('!subteam^')) return { kind: 'group', id: target.slice(9), name };
  if (target.startsWith('!date^')) return readDate(target, name);
  if (target.startsWith('!')) return { kind: 'broadcast', range: target.slice(1) };
  const url = decode(target);
  return { kind: 'link', url, label: name || url.replace(/^mailto:/, '') };
}

function readDate(target: string, fallback: string): Inline {
  const [, seconds = '', format = '', url = null] = target.split('^');
  return { kind: 'date', seconds: Number(seconds), format, url, fallback };
}

function decode(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
