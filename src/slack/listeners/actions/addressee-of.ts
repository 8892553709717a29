import type { BlockAction } from '../../payloads.ts';
import type { Addressee } from '../../send/tell-person.ts';

/** The person who tapped, where they tapped. */
export function addresseeOf(payload: BlockAction): Addressee {
  return {
    userId: payload.user.id,
    channelId: payload.channel?.id ?? payload.user.id,
    threadTs: payload.container.thread_ts ?? null,
    replyUrl: payload.response_url ?? null,
  };
}
