import { describe, expect, it } from 'vitest';
import { webhookPayload } from '../../../src/domain/webhook/payload.ts';
import { commands, eventsUpTo, stateOf } from '../../support/incident-builders.ts';

describe('the payload of a webhook', () => {
  it('says of an open incident what there is', () => {
    const payload = webhookPayload(stateOf(eventsUpTo('open')), {
      event: 'opened',
      deliveryId: 'RT-7K3F9-opened-3',
    });
    expect(payload).toEqual({
      version: 1,
      deliveryId: 'RT-7K3F9-opened-3',
      event: 'opened',
      incidentId: 'RT-7K3F9',
      title: 'Checkout returns 5xx',
      severity: 'sev2',
      status: 'open',
      channelId: 'C1',
      ownerId: null,
      openedAt: '2026-03-08T10:45:00.000Z',
      closedAt: null,
      rootCause: null,
      fix: null,
    });
  });

  it('says of a closed one what it was and what fixed it, with the document where it is one', () => {
    const document = { ofVersion: 9, markdown: '# RT-7K3F9', json: { schemaVersion: 1 } };
    const state = stateOf(eventsUpTo('close'));
    expect(
      webhookPayload(state, { event: 'document', deliveryId: 'd' }, { document }),
    ).toMatchObject({
      status: 'closed',
      ownerId: 'UANA',
      closedAt: '2026-03-08T10:57:00.000Z',
      rootCause: commands.document.rootCause,
      fix: commands.implement.what,
      document,
    });
  });
});
