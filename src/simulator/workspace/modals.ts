import { z } from 'zod';
import type { Core } from './core.ts';
import { once } from './delivery.ts';
import { isEmptyPayload, jsonObject } from './json.ts';
import type { PageStateValues } from './page-protocol.ts';
import { appPart, personPart, teamPart, viewPart } from './payload-parts.ts';
import { Refusal } from './refusal.ts';
import type { OpenView, Person } from './state.ts';
import { formErrors, stateValues } from './state-values.ts';
import { clearModals, closeModal, findView, pushModal, replaceView, updateView } from './views.ts';
import { wording } from './wording.ts';

const submissionAnswer = z.discriminatedUnion('response_action', [
  z.object({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.literal('update'), view: jsonObject }),
  z.object({ response_action: z.literal('push'), view: jsonObject }),
  z.object({ response_action: z.literal('clear') }),
]);

/** Errors must name input blocks of the form, or Slack shows its trouble sentence instead. */
function knowsInputs(open: OpenView, errors: Readonly<Record<string, string>>): boolean {
  const inputs = z
    .array(jsonObject)
    .parse(open.view['blocks'])
    .filter(({ type }) => type === 'input');
  const ids = inputs.map((block) => block['block_id']);
  return Object.keys(errors).length > 0 && Object.keys(errors).every((id) => ids.includes(id));
}

function follow(core: Core, open: OpenView, payload: unknown): void {
  if (isEmptyPayload(payload)) {
    closeModal(core, open);
    return;
  }
  const answer = submissionAnswer.parse(payload);
  switch (answer.response_action) {
    case 'errors':
      if (!knowsInputs(open, answer.errors)) throw new Refusal('unknown_block_id');
      replaceView(core, { ...open, errors: answer.errors, isSubmitting: false });
      return;
    case 'update':
      updateView(core, { ...open, isSubmitting: false }, answer.view);
      return;
    case 'push':
      replaceView(core, { ...open, isSubmitting: false });
      pushModal(core, open.userId, answer.view);
      return;
    case 'clear':
      clearModals(core, open.userId);
  }
}

function fail(core: Core, open: OpenView): void {
  replaceView(core, { ...open, isSubmitting: false, problem: wording.modalTrouble });
}

/** Sends a filled-in form; what Slack's client checks itself is answered without asking the app. */
export async function submitView(
  core: Core,
  person: Person,
  open: OpenView,
  given: PageStateValues,
): Promise<void> {
  // Slack's client disables the button while it waits, so a second press does nothing.
  if (open.isSubmitting) return;
  const values = stateValues(open.view['blocks'], given);
  const errors = formErrors(open.view['blocks'], values);
  if (Object.keys(errors).length > 0) {
    replaceView(core, { ...open, errors, problem: null });
    return;
  }
  const submitted = replaceView(core, { ...open, errors: {}, problem: null, isSubmitting: true });
  const answer = await core.deliver(
    once('interactive', {
      type: 'view_submission',
      team: teamPart(core),
      user: personPart(core, person),
      ...appPart(core),
      trigger_id: core.triggers.issue({ userId: person.id, viewId: open.id }),
      view: viewPart(core, submitted, values),
      response_urls: [],
      is_enterprise_install: false,
      enterprise: null,
    }),
  );
  // The app may have updated the view meanwhile through the Web API; its answer is about what is there now.
  const now = findView(core, ({ id }) => id === open.id);
  if (now === null) return;
  if (answer.kind !== 'acked') return fail(core, now);
  try {
    follow(core, now, answer.payload);
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof z.ZodError)) throw error;
    fail(core, now);
  }
}

/** Closes the form and, where it asked for that, tells the app. */
export async function closeView(core: Core, person: Person, open: OpenView): Promise<void> {
  const isCleared = open.view['clear_on_close'] === true;
  if (isCleared) clearModals(core, person.id);
  else closeModal(core, open);
  if (open.view['notify_on_close'] !== true) return;
  await core.deliver(
    once('interactive', {
      type: 'view_closed',
      team: teamPart(core),
      user: personPart(core, person),
      ...appPart(core),
      view: viewPart(core, open),
      is_cleared: isCleared,
      is_enterprise_install: false,
      enterprise: null,
    }),
  );
}
