const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&' };

/** Slack's markup, in one pass: what an escape stands for is never read as markup again. */
const MARKUP = /<([^<>]*)>|&(lt|gt|amp);/g;

/**
 * What a person typed, out of what Slack made of it: links, e-mail addresses and channels lose
 * their markup, `&`, `<` and `>` their escapes. Mentions stay as `<@U123>`, which the renderers
 * know. https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages
 */
export function typedText(text: string): string {
  return text.replace(MARKUP, (whole: string, markup?: string, entity?: string) => {
    if (entity !== undefined) return ENTITIES[entity] ?? whole;
    return markup === undefined ? whole : withoutMarkup(markup);
  });
}

const MOVE = /^\s*(?:<@[UW][A-Z0-9]+(?:\|[^<>]*)?>\s*)?move\b/i;
const CHANNEL = /<(#[CG][A-Z0-9]+)(?:\|[^<>]*)?>/g;

/** A line for the bot. Only where it names the channel to move to does the id say more than the name. */
export function typedLine(text: string): string {
  return MOVE.test(text) ? typedText(text.replace(CHANNEL, '&lt;$1&gt;')) : typedText(text);
}

function withoutMarkup(markup: string): string {
  const [target = '', label] = markup.split('|');
  if (/^@[UW][A-Z0-9]+$/.test(target)) return `<${target}>`;
  if (target.startsWith('#')) return `#${label ?? target.slice(1)}`;
  if (target.startsWith('!')) return `@${(label ?? target.slice(1)).replace(/^@/, '')}`;
  if (target.startsWith('mailto:')) return label ?? target.slice('mailto:'.length);
  return typedText(target);
}
