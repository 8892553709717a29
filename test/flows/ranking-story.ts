import type { StatementVerdict } from '../../src/domain/incident/evidence.ts';
import type { IncidentState } from '../../src/domain/incident/state.ts';
import { actOnIncident } from '../../src/flows/act-on-incident.ts';
import { aChange, anAlarm, minutes, wentOff } from '../domain/investigation/builders.ts';
import { aCoverage } from '../support/full-incident.ts';
import { anAnswer, aStatement } from '../support/statement-builders.ts';
import type { RankingDesk } from './ranking-support.ts';

export const group = 'targetgroup/orders/0123456789abcdef';
export const alarm = anAlarm('orders-5xx');
export const culprit = aChange('DeregisterTargets', 'elasticloadbalancing', [group], minutes(-2));
export const earlier = aChange('ModifyTargetGroup', 'elasticloadbalancing', [group], minutes(-25));
export const unrelated = aChange('PutBucketLifecycle', 's3', ['old-invoices'], minutes(-40));
export const world = () => ({
  records: [culprit, earlier, unrelated],
  alarms: [alarm],
  transitions: [wentOff(alarm, minutes(4))],
});

export const leadsOf = ({ ranking }: IncidentState) =>
  ranking?.causes.map(({ cause }) => cause.eventIds[0]) ?? [];

export const probabilityOf = ({ ranking }: IncidentState, eventId: string) =>
  ranking?.causes.find(({ cause }) => cause.eventIds.includes(eventId))?.assessment.probability ??
  0;

export async function attach(desk: RankingDesk, records = [culprit]): Promise<void> {
  await actOnIncident(desk.deps, {
    incidentId: 'RT-7K3F9',
    command: {
      type: 'record-evidence',
      evidence: {
        kind: 'lookup',
        evidenceId: 'lookup-1',
        gatheringId: null,
        question: 'who changed orders',
        records,
        coverage: aCoverage(),
      },
    },
    actor: { kind: 'person', userId: 'UANA' },
    dedupeId: 'attach',
  });
}

export async function say(desk: RankingDesk, verdict: StatementVerdict): Promise<void> {
  const statement = aStatement({ records: [culprit] });
  const asked = { actor: { kind: 'person', userId: 'UANA' }, dedupeId: 'asked' } as const;
  const answered = { actor: { kind: 'person', userId: 'UBEN' }, dedupeId: 'answered' } as const;
  const answer = anAnswer({ verdict });
  const steps = [
    { ...asked, evidence: statement },
    { ...answered, evidence: { ...statement, answer } },
  ];
  for (const { evidence, actor, dedupeId } of steps) {
    const command = { type: 'record-evidence', evidence } as const;
    await actOnIncident(desk.deps, { incidentId: 'RT-7K3F9', command, actor, dedupeId });
  }
}
