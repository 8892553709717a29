import type { App } from '@slack/bolt';
import type { SlackContext } from '../../context.ts';
import { FILL_ACTION, formOf, tapOf } from '../../ids.ts';
import { blockActionPayload } from '../../payloads.ts';
import { tellPerson } from '../../send/tell-person.ts';
import { acknowledgeOnce, guarded } from '../guard.ts';
import { addresseeOf } from './addressee-of.ts';
import { answerTap, windowOf } from './answer-tap.ts';
import { fillForm } from './fill-form.ts';
import { onHomeTap } from './home-taps.ts';
import { openForm } from './open-form.ts';
import { onTap } from './tap.ts';

/** Every element's interaction is acknowledged, also of links and of fields that need no answer. */
const ANY_ACTION = /^/;

export function registerActions(app: App, context: SlackContext): void {
  app.action(ANY_ACTION, async ({ body, ack }) => {
    const payload = blockActionPayload.parse(body);
    const acknowledgement = acknowledgeOnce(() => ack());
    const [action] = payload.actions;
    const actionId = action?.action_id ?? '';
    const form = action === undefined ? null : formOf(action);
    // In a form only what opens another form counts: the rest is part of what is submitted.
    const isTappable = payload.container.type === 'message' || windowOf(payload) !== null;
    const tap = action === undefined || !isTappable ? null : tapOf(action);
    await guarded(
      context,
      `action ${actionId}`,
      async () => {
        if (payload.view?.type === 'home') {
          await onHomeTap(context, payload);
          await acknowledgement.send();
          return;
        }
        if (payload.view?.type === 'modal' && actionId === FILL_ACTION) {
          await acknowledgement.send();
          await fillForm(context, payload);
          return;
        }
        if (form !== null) {
          await acknowledgement.send();
          await openForm(context, payload, form);
          return;
        }
        // Recorded first, acknowledged then: what Slack took as done is done.
        const content = tap === null ? null : await onTap(context, payload, tap);
        await acknowledgement.send();
        if (tap !== null) await answerTap(context, payload, tap, content);
      },
      async ({ sentence }) => {
        await acknowledgement.send();
        await tellPerson(context, { ...addresseeOf(payload), sentence });
      },
      acknowledgement,
    );
  });
}
