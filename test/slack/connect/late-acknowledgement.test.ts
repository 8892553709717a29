import type { App, ReceiverEvent } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { acknowledgeEventsWhenDone } from '../../../src/slack/connect/late-acknowledgement.ts';

/** What happened, in order. */
function anApp(type: string, hasFailed: boolean) {
  const steps: string[] = [];
  const app = {
    processEvent: async (event: ReceiverEvent) => {
      await event.ack();
      steps.push('listeners are done');
    },
  };
  acknowledgeEventsWhenDone(app as App, () => hasFailed);
  const ack = async (): Promise<void> => void steps.push('acknowledged');
  return { steps, run: () => app.processEvent({ body: { type }, ack }) };
}

describe('an event of Slack', () => {
  it('is acknowledged when its listeners are done with it', async () => {
    const { steps, run } = anApp('event_callback', false);
    await run();
    expect(steps).toEqual(['listeners are done', 'acknowledged']);
  });

  it('is left to be brought again when they failed', async () => {
    const { steps, run } = anApp('event_callback', true);
    await run();
    expect(steps).toEqual(['listeners are done']);
  });
});

describe('what is not an event', () => {
  it('is acknowledged by its listener', async () => {
    const { steps, run } = anApp('block_actions', false);
    await run();
    expect(steps).toEqual(['acknowledged', 'listeners are done']);
  });
});
