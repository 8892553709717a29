import type { IncidentCommand } from '../../../domain/incident/commands.ts';
import { tomorrowMorning } from '../../../domain/incident/nudging.ts';
import { actOnIncident } from '../../../flows/act-on-incident.ts';
import { sentenceContent } from '../../blocks/error.ts';
import type { MessageContent } from '../../blocks/message.ts';
import type { Run, Tap } from './run.ts';

const SNOOZE_MS = 30 * 60_000;

/** The ways out of a reminder. */
export const NUDGE_TAPS = {
  'snooze-nudges': (tap) =>
    act(tap, { type: 'snooze-nudges', untilMs: tap.context.clock.nowMs() + SNOOZE_MS }),
  'snooze-till-tomorrow': async (tap) => {
    const { timeZone } = await tap.context.people.describe(tap.who.userId);
    const untilMs = tomorrowMorning(tap.context.clock.nowMs(), timeZone);
    return act(tap, { type: 'snooze-nudges', untilMs });
  },
  'stop-nudges': (tap) => act(tap, { type: 'stop-nudges' }),
} as const satisfies Readonly<Record<string, Run>>;

async function act(tap: Tap, command: IncidentCommand): Promise<MessageContent | null> {
  const { context, target, who, dedupeId } = tap;
  const outcome = await actOnIncident(context, {
    incidentId: target.incidentId ?? '',
    command,
    actor: { kind: 'person', userId: who.userId },
    dedupeId,
  });
  return outcome.kind === 'rejected' ? sentenceContent(outcome.sentence) : null;
}
