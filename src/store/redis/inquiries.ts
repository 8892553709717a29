import type { Store } from '../../ports.ts';
import { inquiryCodec } from '../codec.ts';
import { STORE_LIMITS } from '../limits.ts';
import type { RedisContext } from './context.ts';
import { readInquiryScript, saveInquiryScript } from './scripts/inquiries.ts';

export function createInquiries({
  connection,
  keys,
  now,
}: RedisContext): Pick<Store, 'saveInquiry' | 'readInquiry'> {
  const given = () => now?.() ?? '';
  return {
    async saveInquiry(inquiry) {
      const { inquiryId, version } = inquiry;
      const body = inquiryCodec.encode(inquiry);
      const values = [given(), version, STORE_LIMITS.inquiryKeptMs, body];
      return connection.keep(() =>
        connection.run(saveInquiryScript, [keys.inquiry(inquiryId)], values),
      );
    },
    async readInquiry(inquiryId) {
      const key = keys.inquiry(inquiryId);
      const body = await connection.run(readInquiryScript, [key], [given()]);
      return body === null ? null : inquiryCodec.decode(body, key);
    },
  };
}
