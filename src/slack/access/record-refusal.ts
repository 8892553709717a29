import type { RefusalReason } from '../../domain/access/decide-access.ts';
import type { SlackContext } from '../context.ts';
import type { Request } from './asked-by.ts';

/** A refusal stands even where it cannot be written down. */
export async function recordRefusal(
  { store, clock, log }: Pick<SlackContext, 'store' | 'clock' | 'log'>,
  { userId, channelId, what }: Pick<Request, 'userId' | 'channelId' | 'what'>,
  reason: RefusalReason,
): Promise<void> {
  log.info('a request was refused', { userId, channelId, what, reason });
  try {
    await store.recordAudit({
      atMs: clock.nowMs(),
      userId,
      channelId: channelId ?? '',
      action: 'refusal',
      question: what,
      recordCount: 0,
      outcome: reason,
    });
  } catch (error) {
    log.error('a refusal could not be put on the audit log', error, { userId, what, reason });
  }
}
