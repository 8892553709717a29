import { describe, expect, it } from 'vitest';
import type { Alarm } from '../../src/domain/alarm/alarm.ts';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import {
  choosePlaybookAgain,
  choosePlaybookByHand,
  playbookAtOpening,
} from '../../src/flows/choose-playbook.ts';
import { workAfter } from '../../src/flows/work-after.ts';
import { loadPlaybooks } from '../../src/playbooks/load-playbooks.ts';
import { anAlarm } from '../domain/investigation/builders.ts';
import { anAlarmChange } from '../support/alarm-builders.ts';
import { aCoverage } from '../support/full-incident.ts';
import { ana, bot, commands, openCommand } from '../support/incident-builders.ts';
import { aFlowBench, INCIDENT_ID } from './flow-support.ts';

const { playbooks } = loadPlaybooks({ teamFolder: null });
const bill = anAlarm('bill', { namespace: 'AWS/Billing', metric: 'EstimatedCharges' });

/** An incident with the title and these alarms read; and what was chosen for it since. */
async function anIncident(title: string, alarms: readonly Alarm[]) {
  const { deps, store } = await aFlowBench();
  const all = { ...deps, playbooks };
  const playbook = playbookAtOpening(all, { title, playbookId: null });
  const act = (command: Parameters<typeof actOnIncident>[1]['command'], dedupeId: string) =>
    actOnIncident(deps, { incidentId: INCIDENT_ID, command, actor: bot, dedupeId });
  await act(openCommand({ title, playbook }), 'open');
  const evidence = {
    evidenceId: 'e1',
    gatheringId: 'gathering-1',
    coverage: aCoverage(),
    kind: 'alarms',
    alarms,
    transitions: [],
  } as const;
  await act({ type: 'record-evidence', evidence }, 'evidence');
  const chosen = async () => (await store.readState(INCIDENT_ID))?.playbook;
  return { deps: all, store, chosen };
}

describe('the playbook at the opening', () => {
  const open = (title: string, more: Partial<Parameters<typeof playbookAtOpening>[1]> = {}) =>
    playbookAtOpening({ playbooks }, { title, playbookId: null, ...more });

  it('is the one somebody named, else by title and alarm', () => {
    expect(open('website down', { playbookId: 'cost' })).toEqual({
      playbookId: 'cost',
      title: 'Cost overrun',
      reason: 'Chosen by hand.',
      isByHand: true,
    });
    expect(open('website down')).toMatchObject({ playbookId: 'downtime', isByHand: false });
    expect(open('Alarm checkout-5xx', { alarm: anAlarmChange() })).toEqual({
      playbookId: 'downtime',
      title: 'Downtime',
      reason: 'The title says “5xx” and the alarm “checkout-5xx” is of that kind.',
      isByHand: false,
    });
  });

  it('is none where there are no playbooks', () => {
    expect(playbookAtOpening({ playbooks: [] }, { title: 'x', playbookId: null })).toBeNull();
  });
});

describe('choosing again when the alarms are known', () => {
  it('takes the one that they point to, once', async () => {
    const { deps, store, chosen } = await anIncident('something is odd', [bill]);
    expect((await chosen())?.playbookId).toBe('generic');
    await choosePlaybookAgain(deps, INCIDENT_ID);
    await choosePlaybookAgain(deps, INCIDENT_ID);
    expect(await chosen()).toMatchObject({
      playbookId: 'cost',
      reason: 'The alarm “bill” is of that kind.',
      by: bot,
    });
    const events = await store.readEvents(INCIDENT_ID);
    expect(events.filter(({ event }) => event.type === 'playbook-chosen')).toHaveLength(2);
  });

  it('goes by what people say is wrong, once they have stated it', async () => {
    const { deps, chosen } = await anIncident('something is odd', []);
    const state = { ...commands.state, symptoms: "Users can't reach checkout.", drafted: [] };
    const input = { incidentId: INCIDENT_ID, command: state, actor: ana, dedupeId: 'state' };
    await actOnIncident(deps, input);
    const events = await deps.store.readEvents(INCIDENT_ID);
    const made = events.map(({ event }) => event).filter(({ type }) => type === 'problem-stated');
    const context = { incidentId: INCIDENT_ID, nowMs: 0, by: 'person', status: 'open' } as const;
    const work = workAfter(made, { ...context, isSetAside: false, replyUrl: null });
    expect(work.map(({ work: { kind } }) => kind)).toContain('recall');
    await choosePlaybookAgain(deps, INCIDENT_ID);
    expect(await chosen()).toMatchObject({ playbookId: 'downtime', isByHand: false });
  });

  it('counts no alarm that is OK', async () => {
    const { deps, chosen } = await anIncident('odd', [{ ...bill, state: 'OK' }]);
    await choosePlaybookAgain(deps, INCIDENT_ID);
    expect((await chosen())?.playbookId).toBe('generic');
  });

  it('counts an alarm that was reported and could not be read', async () => {
    const { deps, chosen } = await anIncident('odd', []);
    const window = { fromMs: 0, toMs: 1 };
    const change = anAlarmChange({ namespace: 'AWS/Billing', metric: 'EstimatedCharges' });
    await actOnIncident(deps, {
      incidentId: INCIDENT_ID,
      command: {
        type: 'record-alarm',
        change,
        mergedFrom: null,
        gatheringId: null,
        gatherWindow: window,
      },
      actor: bot,
      dedupeId: 'alarm',
    });
    await choosePlaybookAgain(deps, INCIDENT_ID);
    expect((await chosen())?.playbookId).toBe('cost');
  });

  it('leaves what a person chose', async () => {
    const { deps, chosen } = await anIncident('odd', [bill]);
    const request = { incidentId: INCIDENT_ID, actor: ana, dedupeId: 'tap' };
    await choosePlaybookByHand(deps, { ...request, playbookId: 'security' });
    await choosePlaybookAgain(deps, INCIDENT_ID);
    expect(await chosen()).toMatchObject({ playbookId: 'security', by: ana });
  });

  it('does nothing where there is no such incident', async () => {
    const { deps } = await aFlowBench();
    await expect(choosePlaybookAgain({ ...deps, playbooks }, 'RT-0')).resolves.toBeUndefined();
  });
});

describe('choosing by hand', () => {
  it('knows the playbooks there are, and takes one tap once however often it is delivered', async () => {
    const { deps, chosen } = await anIncident('odd', []);
    const request = { incidentId: INCIDENT_ID, actor: ana, dedupeId: 'tap' };
    expect(await choosePlaybookByHand(deps, { ...request, playbookId: 'gone' })).toBeNull();
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => choosePlaybookByHand(deps, { ...request, playbookId: 'cost' })),
    );
    expect(outcomes.filter((outcome) => outcome?.kind === 'done')).toHaveLength(1);
    expect((await chosen())?.playbookId).toBe('cost');
  });
});
