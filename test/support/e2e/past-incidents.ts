import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import type { Store } from '../../../src/ports.ts';
import {
  ana,
  commands,
  MINUTE_MS,
  openCommand,
  play,
  STRAIGHT_PATH,
  stateOf,
} from '../incident-builders.ts';

/** An incident that was worked on from the first step to the last, at a given pace. */
export interface PastIncident {
  readonly incidentId: string;
  readonly channelId: string;
  readonly openedAtMs: number;
  readonly title?: string;
  /** From one step to the next: the fix is verified after eleven of them. */
  readonly paceMinutes?: number;
  readonly playbookTitle?: string;
  readonly rootCause?: string;
  readonly fix?: string;
  /** Of its document; null: it was not published. */
  readonly documentLink?: string | null;
}

/** Puts it into the store as if people had worked on it then. */
export async function keepPastIncident(store: Store, past: PastIncident): Promise<void> {
  const { incidentId, channelId, openedAtMs, paceMinutes = 1, documentLink = null } = past;
  const startedAtMs = openedAtMs - paceMinutes * MINUTE_MS;
  const title = past.title ?? 'Checkout returns 5xx';
  const said: Partial<Record<IncidentCommand['type'], IncidentCommand>> = {
    [commands.open.type]: openCommand({ incidentId, channelId, startedAtMs, title }),
    [commands.state.type]: { ...commands.state, startedAtMs },
    [commands.implement.type]: {
      ...commands.implement,
      what: past.fix ?? commands.implement.what,
    },
    [commands.document.type]: {
      ...commands.document,
      rootCause: past.rootCause ?? commands.document.rootCause,
    },
  };
  const steps = STRAIGHT_PATH.map(
    ([command, actor]) => [said[command.type] ?? command, actor] as const,
  );
  const events = play(steps, [], openedAtMs).map((event) => ({
    ...event,
    atMs: openedAtMs + (event.atMs - openedAtMs) * paceMinutes,
  }));
  const state = stateOf(events);
  const playbook =
    past.playbookTitle === undefined
      ? null
      : {
          playbookId: 'past',
          title: past.playbookTitle,
          reason: 'Chosen then.',
          isByHand: true,
          by: ana,
        };
  const atMs = state.lastActivityAtMs;
  const publication =
    documentLink === null
      ? null
      : { ofVersion: state.version, permalink: documentLink, canvasLink: null, atMs };
  await store.append({
    incidentId,
    expectedVersion: 0,
    dedupeId: `past ${incidentId}`,
    events,
    state: { ...state, playbook, publication },
    work: [],
  });
}
