import type { MessageContent } from '../../../src/slack/blocks/message.ts';
import { checkBlocks } from '../../support/slack/check-blocks.ts';

/** A date is a number, our own format and its words in UTC, or it is refused. */
const ALLOWED_MARKUP =
  /<@[UW][A-Z0-9]+>|<https?:\/\/[^<>|\s]+\|[^<>|]*>|<!date\^\d+\^\{date_short_pretty\} \{time\}\|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC>|&amp;|&lt;|&gt;|^> /gm;
const HIDDEN =
  /(?!\n|\u{200c}|\u{200d}|\u{fe0f})[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|\p{Cs}/u;

interface Node {
  readonly type?: unknown;
  readonly text?: unknown;
  readonly user_id?: unknown;
  readonly url?: unknown;
}

function nodesOf(value: unknown): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(nodesOf)];
}

/** All reasons why a message must not be sent: what Slack refuses, and what could do harm. */
export function refusals(content: MessageContent): readonly string[] {
  const nodes = nodesOf(content.blocks);
  const texts = nodes.flatMap((node) => (typeof node.text === 'string' ? [node.text] : []));
  const markup = nodes.flatMap((node) =>
    node.type === 'mrkdwn' && typeof node.text === 'string' ? [node.text] : [],
  );
  const urls = nodes.flatMap((node) => (typeof node.url === 'string' ? [node.url] : []));
  return [
    ...checkBlocks(content.blocks).map(({ pointer, problem }) => `${pointer} ${problem}`),
    ...nodes
      .filter((node) => ['broadcast', 'usergroup', 'channel', 'team'].includes(String(node.type)))
      .map((node) => `a ${node.type} element`),
    ...nodes
      .filter((node) => node.user_id !== undefined && !/^[UW][A-Z0-9]+$/.test(String(node.user_id)))
      .map((node) => `a mention of ${node.user_id}`),
    ...markup
      .filter((text) => /[<>]|&(?!\w)/.test(text.replaceAll(ALLOWED_MARKUP, '')))
      .map((text) => `markup in ${text.slice(0, 200)}`),
    ...texts.filter((text) => HIDDEN.test(text)).map((text) => `hidden in ${text.slice(0, 100)}`),
    ...urls
      .filter((url) => !/^https:\/\/([a-z0-9-]+\.)*(aws\.amazon|slack)\.com\//.test(url))
      .map((url) => `a link to ${url}`),
    ...(/[<>&*`]/.test(content.text) ? [`markup in the notification ${content.text}`] : []),
    ...(content.text === '' ? ['no notification text'] : []),
  ];
}
