import type { AlarmChange } from '../domain/alarm/alarm-change.ts';
import type { ChosenPlaybook } from '../domain/incident/commands.ts';
import type { Actor } from '../domain/incident/events.ts';
import { choosePlaybook } from '../domain/playbook/choose-playbook.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import { playbookFacts, reportedAlarm } from '../domain/playbook/playbook-facts.ts';
import type { FlowDependencies } from '../ports.ts';
import { type ActOutcome, actOnIncident } from './act-on-incident.ts';

export interface PlaybookDependencies {
  /** All there are; none: nothing is chosen. */
  readonly playbooks: readonly Playbook[];
}

/** With which one an incident opens: the one somebody named, else by its title and its alarm. */
export function playbookAtOpening(
  { playbooks }: PlaybookDependencies,
  {
    title,
    playbookId,
    alarm,
  }: {
    readonly title: string;
    readonly playbookId: string | null;
    /** The one that opens it. */
    readonly alarm?: AlarmChange;
  },
): ChosenPlaybook | null {
  const named = playbooks.find(({ id }) => id === playbookId);
  if (named !== undefined) return byHand(named);
  const alarms = alarm === undefined ? [] : [reportedAlarm(alarm)];
  const choice = choosePlaybook({ title, alarms }, playbooks);
  return choice === null
    ? null
    : { ...nameOf(choice.playbook), reason: choice.reason, isByHand: false };
}

/** Once the alarms are known; what somebody chose by hand stays. Safe to do again. */
export async function choosePlaybookAgain(
  deps: FlowDependencies & PlaybookDependencies,
  incidentId: string,
): Promise<void> {
  const state = await deps.store.readState(incidentId);
  if (state === null || state.status !== 'open') return;
  const choice = choosePlaybook(playbookFacts(state), deps.playbooks);
  if (choice === null || choice.playbook.id === state.playbook?.playbookId) return;
  await actOnIncident(deps, {
    incidentId,
    command: {
      type: 'choose-playbook',
      ...nameOf(choice.playbook),
      reason: choice.reason,
      isByHand: false,
    },
    actor: { kind: 'bot' },
    dedupeId: `playbook-${incidentId}-${state.version}`,
  });
}

/** Null: there is no such playbook (any more). */
export async function choosePlaybookByHand(
  deps: FlowDependencies & PlaybookDependencies,
  request: {
    readonly incidentId: string;
    readonly playbookId: string;
    readonly actor: Actor;
    readonly dedupeId: string;
  },
): Promise<ActOutcome | null> {
  const { playbookId, ...input } = request;
  const playbook = deps.playbooks.find(({ id }) => id === playbookId);
  if (playbook === undefined) return null;
  return actOnIncident(deps, {
    ...input,
    command: { type: 'choose-playbook', ...byHand(playbook) },
  });
}

function byHand(playbook: Playbook): ChosenPlaybook {
  return { ...nameOf(playbook), reason: 'Chosen by hand.', isByHand: true };
}

function nameOf({ id, title }: Playbook) {
  return { playbookId: id, title };
}
