import type { PostedMessage } from '../../../src/ports.ts';
import { sentenceContent } from '../../../src/slack/blocks/error.ts';
import type { SlotContent } from '../../../src/slack/blocks/message.ts';
import { createSlackClients } from '../../../src/slack/connect/clients.ts';
import { MOCK_URL } from '../../support/http.ts';
import { createKeptLog } from '../../support/kept-log.ts';

export const NOW_MS = 1_795_000_000_000;
export const ROOT_TS = '1794999000.000100';
export const API_URL = `${MOCK_URL}/api/`;

/** What sending needs, with Slack mocked, a clock to turn, and what was saved kept. */
export function sendParts() {
  const clock = { nowMs: NOW_MS };
  const log = createKeptLog();
  const saved: PostedMessage[] = [];
  return {
    clock,
    log,
    saved,
    apiUrl: API_URL,
    clients: createSlackClients({ botToken: 'xoxb-test', apiUrl: API_URL, log }),
    store: {
      saveMessage: async (message: PostedMessage) => {
        saved.push(message);
      },
    },
    nowMs: () => clock.nowMs,
  };
}

export function slotWith(sentence: string, plainForm = 'the plain form'): SlotContent {
  return {
    ...sentenceContent(sentence),
    slot: 'root',
    conservative: sentenceContent(plainForm),
  };
}

/** Posted, or (without `ts`) meant to be posted. */
export function postedMessage(changes: Partial<PostedMessage> = {}): PostedMessage {
  return {
    incidentId: 'RT-00001',
    slot: 'root',
    channelId: 'C1',
    ts: ROOT_TS,
    threadTs: ROOT_TS,
    sentAtMs: NOW_MS - 60_000,
    digest: 'of what was shown before',
    ...changes,
  };
}
