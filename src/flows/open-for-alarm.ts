import type { AlarmChange } from '../domain/alarm/alarm-change.ts';
import { LIMITS } from '../domain/incident/limits.ts';
import { cutText } from '../domain/text/cut-text.ts';
import { AppError } from '../errors.ts';
import type { AlarmRoute, FlowDependencies } from '../ports.ts';
import { appendDecision } from './append-decision.ts';
import { type PlaybookDependencies, playbookAtOpening } from './choose-playbook.ts';

export type OpenRoute = Extract<AlarmRoute, { kind: 'open' }>;

interface AlarmOpening {
  readonly teamId: string;
  readonly change: AlarmChange;
  readonly route: Omit<OpenRoute, 'kind'>;
}

/** Opens what people then accept or not. False: somebody was faster with this id. */
export async function openIncidentFor(
  deps: FlowDependencies & Partial<PlaybookDependencies>,
  opening: AlarmOpening,
  incidentId: string,
): Promise<boolean> {
  const { change } = opening;
  const facts = commandOf(opening, incidentId);
  const playbook = playbookAtOpening(
    { playbooks: deps.playbooks ?? [] },
    { title: facts.title, playbookId: null, alarm: change },
  );
  const outcome = await appendDecision(
    deps,
    {
      incidentId,
      command: { ...facts, playbook },
      actor: { kind: 'bot' },
      dedupeId: `alarm opens ${incidentId}`,
    },
    null,
  );
  if (outcome.kind === 'rejected') throw new AppError('internal', outcome.sentence);
  return outcome.kind === 'appended';
}

function commandOf({ teamId, change, route }: AlarmOpening, incidentId: string) {
  return {
    type: 'open-incident',
    incidentId,
    gatheringId: `${incidentId.toLowerCase()}-g1`,
    title: cutText(`Alarm ${change.name}`, LIMITS.titleCharactersMax),
    teamId,
    channelId: route.channelId,
    threadTs: null,
    sourcePermalink: null,
    startedAtMs: change.breachedFromMs,
    severity: route.severity,
    alarmNames: [change.name],
    resources: [],
    regions: [change.region],
    alarm: change,
  } as const;
}
