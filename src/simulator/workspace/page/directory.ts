import type { PageChannel, PageFile, PageWorkspace } from '../page-protocol.ts';

export type ChannelEntry = Omit<PageChannel, 'messages' | 'topic'>;

/**
 * The workspace without what people say in it. It rarely changes, so that messages, all of which
 * read names from it, need not be drawn again for each new one.
 */
export type Directory = Omit<PageWorkspace, 'channels' | 'modal' | 'home' | 'notices'> & {
  readonly channels: readonly ChannelEntry[];
  readonly files: readonly Pick<PageFile, 'id' | 'url'>[];
};

export function directoryOf(workspace: PageWorkspace): Directory {
  const { channels, modal: _modal, home: _home, notices: _notices, ...rest } = workspace;
  const files = channels.flatMap(({ messages }) => messages).flatMap((message) => message.files);
  return {
    ...rest,
    channels: channels.map(({ messages: _messages, topic: _topic, ...entry }) => entry),
    files: files.map(({ id, url }) => ({ id, url })),
  };
}
