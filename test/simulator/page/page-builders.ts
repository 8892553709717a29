import type {
  PageChannel,
  PageMessage,
  PagePerson,
  PageView,
  PageWorkspace,
} from '../../../src/simulator/workspace/page-protocol.ts';

export const ana = aPerson({ id: 'U1', name: 'ana', realName: 'Ana Lopes', color: '#9b3f8b' });
export const ben = aPerson({ id: 'U2', name: 'ben', realName: 'Ben Okafor', color: '#2d7d9a' });
export const bot = aPerson({
  id: 'UBOT',
  name: 'redthread',
  realName: 'Redthread',
  isBot: true,
  color: '#b3261e',
});

export function aPerson(part: Partial<PagePerson> & { id: string }): PagePerson {
  return { name: part.id, realName: part.id, isBot: false, color: '#777777', ...part };
}

export function aMessage(part: Partial<PageMessage> = {}): PageMessage {
  return {
    ts: '1795000000.000100',
    threadTs: null,
    isBroadcast: false,
    userId: bot.id,
    text: '',
    blocks: [],
    files: [],
    reactions: [],
    replyCount: 0,
    replyUserIds: [],
    edited: false,
    pinned: false,
    ephemeral: false,
    ...part,
  };
}

export function aChannel(part: Partial<PageChannel> = {}): PageChannel {
  return {
    id: 'C1',
    name: 'checkout',
    isPrivate: false,
    isDirect: false,
    isArchived: false,
    topic: 'Everything about the checkout',
    botIsMember: true,
    messages: [],
    ...part,
  };
}

export function aView(blocks: readonly unknown[], part: Partial<PageView> = {}): PageView {
  return {
    id: 'V1',
    hash: 'h1',
    view: {
      type: 'modal',
      title: plain('Open a session'),
      submit: plain('Open'),
      close: plain('Not now'),
      blocks,
    },
    errors: {},
    submitting: false,
    problem: null,
    ...part,
  };
}

export function aWorkspace(part: Partial<PageWorkspace> = {}): PageWorkspace {
  return {
    name: 'Acme',
    me: ana,
    people: [ana, ben, bot],
    channels: [aChannel()],
    commands: [
      { command: '/triage', description: 'Open a triage session', usageHint: '[what] [since]' },
      { command: '/trail', description: 'Who did that?', usageHint: 'RESOURCE' },
    ],
    messageShortcuts: [{ callbackId: 'start_triage', name: 'Start triage from this message' }],
    modal: null,
    home: null,
    appConnections: 1,
    notices: [],
    ...part,
  };
}

export function withMessages(...messages: readonly PageMessage[]): PageWorkspace {
  return aWorkspace({ channels: [aChannel({ messages })] });
}

export function withBlocks(...blocks: readonly unknown[]): PageWorkspace {
  return withMessages(aMessage({ text: 'fallback', blocks }));
}

export function plain(text: string) {
  return { type: 'plain_text', text } as const;
}

export function mrkdwn(text: string) {
  return { type: 'mrkdwn', text } as const;
}

export function anOption(value: string) {
  return { text: plain(`Option ${value}`), value } as const;
}

export function anInput(label: string, element: Record<string, unknown>, part = {}) {
  return { type: 'input', block_id: `b-${label}`, label: plain(label), element, ...part } as const;
}
