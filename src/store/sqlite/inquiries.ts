import { z } from 'zod';
import type { Store } from '../../ports.ts';
import { inquiryCodec } from '../codec.ts';
import { STORE_LIMITS } from '../limits.ts';
import type { SqliteContext } from './context.ts';

const versionRow = z.object({ version: z.int() });
const bodyRow = z.object({ body: z.string() });

export function createInquiries({
  database,
  now,
}: Pick<SqliteContext, 'database' | 'now'>): Pick<Store, 'saveInquiry' | 'readInquiry'> {
  return {
    async saveInquiry(inquiry) {
      const { inquiryId, version } = inquiry;
      return database.transaction(() => {
        database.run('DELETE FROM inquiries WHERE expires_at_ms <= $nowMs', { nowMs: now() });
        const sql = 'SELECT version FROM inquiries WHERE inquiry_id = $inquiryId';
        const kept = database.first(versionRow, sql, { inquiryId })?.version ?? 0;
        if (kept !== version - 1) return false;
        const save =
          'INSERT OR REPLACE INTO inquiries VALUES ($inquiryId, $version, $until, $body)';
        const until = now() + STORE_LIMITS.inquiryKeptMs;
        database.run(save, { inquiryId, version, until, body: inquiryCodec.encode(inquiry) });
        return true;
      });
    },
    async readInquiry(inquiryId) {
      const sql =
        'SELECT body FROM inquiries WHERE inquiry_id = $inquiryId AND expires_at_ms > $nowMs';
      const row = database.first(bodyRow, sql, { inquiryId, nowMs: now() });
      return row === null ? null : inquiryCodec.decode(row.body, `inquiries/${inquiryId}`);
    },
  };
}
