import type { IncidentEvent, IncidentEventType } from '../../../src/domain/incident/events.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import { anAlarmChange } from '../../support/alarm-builders.ts';
import {
  anObservedCause,
  aRankedCause,
  aRanking,
  aSimilarIncident,
} from '../../support/ranking-builders.ts';
import { OPENED_AT_MS } from '../../support/store-builders.ts';
import { EVERY_EVIDENCE, gatheringId } from './every-evidence.ts';

const reason = 'because';
const hypothesisId = 'hypothesis-1';
const planId = 'plan-1';

/** One of each type: a new type does not compile until it has one here. */
export const EVERY_EVENT: {
  readonly [T in IncidentEventType]: Extract<IncidentEvent, { type: T }>;
} = {
  'incident-opened': {
    type: 'incident-opened',
    incidentId: 'RT-1',
    title: 'Checkout is slow',
    teamId: 'T1',
    channelId: 'C1',
    threadTs: null,
    sourcePermalink: null,
    startedAtMs: OPENED_AT_MS,
    severity: 'sev2',
    alarmNames: ['checkout-5xx'],
    resources: ['i-0abc'],
    regions: ['eu-west-1'],
    isDrill: false,
  },
  'incident-proposed': { type: 'incident-proposed' },
  'alarm-changed': { type: 'alarm-changed', change: anAlarmChange(), mergedFrom: null },
  'alarm-separated': {
    type: 'alarm-separated',
    alarm: { accountId: null, region: 'eu-west-1', name: untrusted('checkout-slow') },
    intoId: 'RT-4',
  },
  'proposal-decided': { type: 'proposal-decided', verdict: 'merged', mergedInto: 'RT-2' },
  'problem-stated': {
    type: 'problem-stated',
    symptoms: '503',
    affected: 'all',
    startedAtMs: null,
    recentChanges: 'none known',
    drafted: ['503'],
  },
  'component-isolated': { type: 'component-isolated', component: 'i-0abc', finding: 'stopped' },
  'playbook-chosen': {
    type: 'playbook-chosen',
    playbookId: 'downtime',
    title: 'Downtime',
    reason: 'The title says “down”.',
    isByHand: false,
  },
  'title-changed': { type: 'title-changed', title: 'Checkout is down' },
  'severity-changed': {
    type: 'severity-changed',
    severity: 'sev1',
    need: { rule: 'one-other', entitledIds: ['U1'] },
  },
  'owner-changed': { type: 'owner-changed', ownerId: null },
  'step-entered': { type: 'step-entered', step: 'isolate', reason: null },
  'note-added': { type: 'note-added', noteId: 'note-1', text: 'é \u{1f525} "quoted"' },
  'message-captured': {
    type: 'message-captured',
    channelId: 'C1',
    messageTs: '17.1',
    authorId: null,
    text: 'it is slow',
    permalink: null,
    writtenAtMs: OPENED_AT_MS,
  },
  'captured-message-edited': { type: 'captured-message-edited', messageTs: '17.1', text: 'new' },
  'captured-message-released': { type: 'captured-message-released', messageTs: '17.1' },
  'gathering-requested': { type: 'gathering-requested', gatheringId, fromMs: 1, toMs: 2 },
  'gathering-finished': { type: 'gathering-finished', gatheringId, summary: 'one change' },
  'evidence-recorded': {
    type: 'evidence-recorded',
    evidence: EVERY_EVIDENCE.changes,
  },
  'hypothesis-proposed': {
    type: 'hypothesis-proposed',
    hypothesisId,
    statement: 'somebody stopped the host',
    likelihood: 'high',
    impact: 'medium',
    evidenceIds: ['evidence-1'],
  },
  'causes-ranked': {
    type: 'causes-ranked',
    ranking: aRanking({ causes: [aRankedCause(), anObservedCause()] }),
    moves: [{ hypothesisId: 'cause-e1', from: null, to: 0.72 }],
  },
  'similar-found': { type: 'similar-found', similar: [aSimilarIncident()] },
  'similar-dismissed': { type: 'similar-dismissed', similarId: 'RT-7' },
  'hypothesis-rated': {
    type: 'hypothesis-rated',
    hypothesisId,
    likelihood: 'low',
    impact: 'low',
  },
  'test-started': { type: 'test-started', hypothesisId, test: 'start it' },
  'test-concluded': {
    type: 'test-concluded',
    hypothesisId,
    verdict: 'confirmed',
    finding: 'it works again',
  },
  'hypothesis-revived': { type: 'hypothesis-revived', hypothesisId, reason },
  'solution-planned': {
    type: 'solution-planned',
    planId,
    hypothesisId,
    solution: 'start it',
    risk: 'none',
    mitigation: '',
    rollback: 'stop it',
    resources: ['sg-0abc'],
    window: { fromMs: OPENED_AT_MS, toMs: OPENED_AT_MS + 60_000 },
    need: { rule: 'none', entitledIds: [] },
  },
  'plan-approved': { type: 'plan-approved', planId },
  'window-began': { type: 'window-began', planId },
  'approval-waived': { type: 'approval-waived', planId, reason },
  'solution-implemented': { type: 'solution-implemented', planId, what: 'started' },
  'solution-rolled-back': { type: 'solution-rolled-back', planId, reason },
  'watch-checked': {
    type: 'watch-checked',
    watch: {
      startedAtMs: OPENED_AT_MS,
      agreedMs: 900_000,
      alarms: [
        {
          accountId: '111122223333',
          region: 'eu-west-1',
          name: untrusted('checkout-5xx'),
          state: 'OK',
          sinceMs: OPENED_AT_MS,
        },
      ],
      outcome: 'watching',
      trouble: null,
    },
  },
  'check-ticked': { type: 'check-ticked', text: 'Open the page.', isDone: true },
  'solution-verified': { type: 'solution-verified', finding: 'no 503' },
  'verification-failed': { type: 'verification-failed', finding: 'still 503' },
  'incident-escalated': { type: 'incident-escalated', to: 'platform', reason },
  'findings-documented': {
    type: 'findings-documented',
    rootCause: 'a stop by hand',
    lessons: 'protect it',
    preventiveMeasures: [{ text: 'stop protection', ownerId: null }],
  },
  'document-edited': { type: 'document-edited', section: 'root-cause', text: 'two stops by hand' },
  'process-evaluated': {
    type: 'process-evaluated',
    effectiveness: 'the first idea was it',
    efficiency: 'nobody was awake',
    cost: '',
    quality: '',
    safety: 'a second pair of eyes',
  },
  'incident-closed': { type: 'incident-closed', reason: null },
  'incident-reopened': { type: 'incident-reopened', reason },
  'incident-moved': {
    type: 'incident-moved',
    channelId: 'C2',
    channelName: 'war-room',
    fromChannelId: 'C1',
    fromThreadTs: null,
    fromPermalink: 'https://acme.slack.com/archives/C1/p1',
  },
  'nudge-sent': { type: 'nudge-sent', why: 'quiet' },
  'nudges-snoozed': { type: 'nudges-snoozed', untilMs: OPENED_AT_MS + 1_800_000 },
  'nudges-stopped': { type: 'nudges-stopped' },
  'document-published': {
    type: 'document-published',
    ofVersion: 9,
    permalink: null,
    canvasLink: 'https://northwind.slack.com/docs/T1/F1',
  },
  'work-abandoned': { type: 'work-abandoned', task: 'publish the document', reason },
};
