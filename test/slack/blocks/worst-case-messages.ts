import { briefOf } from '../../../src/domain/incident/brief.ts';
import { answerQuestion } from '../../../src/domain/trail/answer.ts';
import { parseQuery } from '../../../src/domain/trail/query/parse-query.ts';
import type { TrailQuery } from '../../../src/domain/trail/query/query.ts';
import {
  renderActorQuestion,
  renderAnswerFor,
  renderOverdue,
} from '../../../src/slack/blocks/actor-question.ts';
import { renderBrief } from '../../../src/slack/blocks/brief.ts';
import { renderCatchUpOffer } from '../../../src/slack/blocks/catch-up-offer.ts';
import { renderClosedHere } from '../../../src/slack/blocks/closed-here.ts';
import { renderDocumentCurrent } from '../../../src/slack/blocks/document-current.ts';
import { renderError, sentenceContent } from '../../../src/slack/blocks/error.ts';
import { renderFormOffer } from '../../../src/slack/blocks/form-offer.ts';
import { renderAsk, renderHelp, renderTrailHelp } from '../../../src/slack/blocks/help.ts';
import { renderIncidentList } from '../../../src/slack/blocks/incident-list.ts';
import { renderKeptMessage } from '../../../src/slack/blocks/kept-message.ts';
import { renderEmptyMenu, renderMenu } from '../../../src/slack/blocks/menu.ts';
import type { SlotContent } from '../../../src/slack/blocks/message.ts';
import { renderMissing } from '../../../src/slack/blocks/missing-rows.ts';
import { renderMovedLine, renderMovedRoot } from '../../../src/slack/blocks/moved-card.ts';
import { renderOpened } from '../../../src/slack/blocks/opened.ts';
import { renderOwnerLeft } from '../../../src/slack/blocks/owner-left.ts';
import { renderIncident } from '../../../src/slack/blocks/render-incident.ts';
import { renderStatus } from '../../../src/slack/blocks/status.ts';
import { renderTrailAnswer } from '../../../src/slack/blocks/trail-answer.ts';
import { renderLateCalls } from '../../../src/slack/blocks/trail-late.ts';
import { renderTrailProgress } from '../../../src/slack/blocks/trail-progress.ts';
import { renderQuestionTrouble } from '../../../src/slack/blocks/trail-question.ts';
import {
  type Fill,
  many,
  maximalCoverage,
  maximalRecord,
  maximalStatement,
} from './maximal-evidence.ts';

import {
  type Card,
  CONSOLE_URL,
  inquiry,
  NOW_MS,
  PERMALINK,
  type Scene,
  says,
  summaryOf,
} from './worst-case-kit.ts';

const rendered = new WeakMap<Scene, readonly SlotContent[]>();

/** All cards of the incident, once. */
function cardsOf(scene: Scene): readonly SlotContent[] {
  const known = rendered.get(scene);
  if (known !== undefined) return known;
  const { state, events, playbook } = scene;
  const playbooks = [playbook, ...many(99, (n) => ({ ...playbook, id: `playbook-${n}` }))];
  const incident = { state, events, nowMs: NOW_MS, consoleUrl: CONSOLE_URL, playbooks };
  const cards = renderIncident(incident);
  rendered.set(scene, cards);
  return cards;
}

/** The cards of the incident that begin like this, in both forms in which they may be sent. */
function slots(prefix: string, leads: RegExp): Card {
  return {
    leads,
    show: (scene) => {
      const own = cardsOf(scene).filter(({ slot }) => slot.split('-')[0] === prefix);
      return says(...own, ...own.map(({ conservative }) => conservative));
    },
  };
}

function trailAnswer({ fill }: Scene) {
  const question = 'is:write since 3h';
  const when = { timeZone: 'UTC', nowMs: NOW_MS, meaning: 'past', lookbackMaxMs: null } as const;
  const { query } = parseQuery(question, when) as { query: TrailQuery };
  const records = many(50, (index) => ({
    ...maximalRecord(fill, index),
    errorCode: null,
    errorMessage: null,
  }));
  const { targets } = maximalCoverage(fill);
  const rest = { targets, skippedCount: 9_999, deliveredUntilMs: NOW_MS - 600_000 };
  return answerQuestion({ question, query, records, ...rest });
}

const TRAIL_CONTEXT = {
  timeZone: 'Europe/Berlin',
  nowMs: NOW_MS,
  incidentId: 'RT-7K3F9',
  consoleUrl: CONSOLE_URL,
  answerId: 'trail-1',
  page: 0,
  endedBy: 'itself',
} as const;

function keptAnswer(fill: Fill) {
  return {
    question: fill(1_000),
    userId: 'UANA',
    channelId: 'C1',
    threadTs: null,
    incidentId: null,
    askedAtMs: NOW_MS,
    about: 'question',
    suggestion: fill(1_000),
    shown: null,
    over: null,
  } as const;
}

const whereNow = {
  left: {
    channelId: 'C1',
    threadTs: null,
    by: { kind: 'person', userId: 'UANA' },
    leftAtMs: NOW_MS,
  },
  channelId: 'C2',
  permalink: PERMALINK,
} as never;

/** Messages, by the function that renders them. */
export const MESSAGE_CARDS: Readonly<Record<string, Card>> = {
  renderIncident: slots('root', /SEV1|Closed/),
  renderRoot: slots('root', /DRILL.*(SEV1|Closed) · ⟦/),
  renderStep: slots('step', /Step \d of 7/),
  renderBoard: slots('board', /Hypotheses *, likeliest first/),
  renderEvidence: slots('evidence', /Alarms ·|Changes ·|Writes while|Statement of|\/trail|Lookup/),
  renderPlan: slots('plan', /Plan/),
  renderSimilar: slots('similar', /It looks like/),
  renderStorm: slots('storm', /🔔/),
  renderNudge: slots('nudge', /🔔|🔕/),
  renderEscalation: slots('escalation', /To copy/),
  renderLine: slots('line', /./),
  renderMovedRoot: {
    leads: /SEV1/,
    show: ({ state }) => says(renderMovedRoot(state, whereNow)),
  },
  renderMovedLine: {
    leads: /Moved to/,
    show: ({ state }) => says(renderMovedLine(state, whereNow)),
  },
  renderBrief: {
    leads: /You own this incident now/,
    show: ({ state, events }) =>
      says(
        renderBrief({ brief: briefOf(state, events), handedOverBy: 'UANA', permalink: PERMALINK }),
      ),
  },
  renderStatus: {
    leads: /SEV1/,
    show: ({ state, events }) => says(renderStatus(briefOf(state, events), NOW_MS)),
  },
  renderCatchUpOffer: {
    leads: /SEV1/,
    show: ({ state }) => says(renderCatchUpOffer(state)),
  },
  renderOwnerLeft: {
    leads: /You have left/,
    show: ({ state }) => says(renderOwnerLeft(state, PERMALINK)),
  },
  renderMenu: {
    leads: /SEV1/,
    show: ({ state }) => says(renderMenu({ state, permalink: PERMALINK })),
  },
  renderEmptyMenu: {
    leads: /No incident is open/,
    show: ({ fill }) => says(renderEmptyMenu(), renderEmptyMenu(many(20, () => fill(300)))),
  },
  renderIncidentList: {
    leads: /Best matches/,
    show: (scene) => {
      const incidents = many(2_000, () => ({ summary: summaryOf(scene), permalink: PERMALINK }));
      const heading = 'Best matches';
      const lineFor = (incidentId: string) => `note ${incidentId} ${scene.fill(2_900)}`;
      return says(
        renderIncidentList({ heading, incidents }),
        renderIncidentList({ heading, incidents, lineFor, startAnother: true }),
      );
    },
  },
  renderOpened: {
    leads: /⟦/,
    show: ({ state, fill }) => {
      const mine = { incidentId: 'RT-00002', sentence: fill(600) };
      return says(
        renderOpened(mine, { state, why: 'same-alarm', permalink: PERMALINK }, NOW_MS),
        renderOpened(mine, null, NOW_MS),
      );
    },
  },
  renderMissing: { leads: /Still missing/, show: ({ state }) => says(renderMissing(state)) },
  renderFormOffer: {
    leads: /⟦/,
    show: ({ state, fill }) =>
      says(renderFormOffer(state, { sentence: fill(300), typed: fill(3_000), form: 'escalation' })),
  },
  renderDocumentCurrent: {
    leads: /nothing has changed since/,
    show: ({ state }) => says(renderDocumentCurrent(state)),
  },
  renderHelp: {
    leads: /⟦|Incidents/,
    show: ({ fill }) => says(renderHelp(), renderHelp(fill(3_000))),
  },
  renderAsk: {
    leads: /⟦/,
    show: ({ fill }) => {
      const lines = { suggestion: fill(3_000), title: fill(3_000) };
      return says(renderAsk({ sentence: fill(200), ...lines, titleId: 'title-1' }));
    },
  },
  renderTrailHelp: { leads: /Who did that/, show: () => says(renderTrailHelp()) },
  renderError: {
    leads: /⟦/,
    show: ({ fill }) =>
      says(renderError({ sentence: fill(3_000), next: fill(3_000), reference: fill(60) })),
  },
  sentenceContent: { leads: /⟦/, show: ({ fill }) => says(sentenceContent(fill(6_000))) },
  renderTrailAnswer: {
    leads: /👤|Other matches|Found/,
    show: (scene) => {
      const answer = trailAnswer(scene);
      return says(
        renderTrailAnswer(answer, TRAIL_CONTEXT),
        renderTrailAnswer(answer, { ...TRAIL_CONTEXT, page: 2, endedBy: 'time-limit' } as never),
        renderTrailAnswer(answer, { ...TRAIL_CONTEXT, answerId: null }),
      );
    },
  },
  renderLateCalls: {
    leads: /Since you asked/,
    show: (scene) => {
      const answer = trailAnswer(scene);
      const late = { answer, late: answer.records, kept: keptAnswer(scene.fill) };
      return says(renderLateCalls(late, TRAIL_CONTEXT));
    },
  },
  renderClosedHere: {
    leads: /was worked on in this thread/,
    show: ({ state }) => says(renderClosedHere(state, NOW_MS)),
  },
  renderKeptMessage: {
    leads: /⟦/,
    show: ({ fill }) => says(renderKeptMessage(fill(1_000), '1797000000.000100')),
  },
  renderTrailProgress: {
    leads: /⏳/,
    show: ({ fill }) => {
      const lookup = { question: fill(3_000), answerId: 'trail-1', incidentId: null };
      return says(renderTrailProgress({ ...lookup, progress: fill(1_000) }));
    },
  },
  renderQuestionTrouble: {
    leads: /⟦/,
    show: ({ fill }) => {
      const trouble = { sentence: fill(1_000), start: 100, end: 2_000, suggestion: fill(3_000) };
      const asked = { question: fill(3_000), answerId: 'trail-1', incidentId: null };
      return says(renderQuestionTrouble(trouble, asked));
    },
  },
  renderActorQuestion: {
    leads: /asks you|working on/,
    show: ({ fill }) => says(renderActorQuestion(inquiry(fill), maximalStatement(fill), true)),
  },
  renderAnswerFor: {
    leads: /You asked/,
    show: ({ fill }) => says(renderAnswerFor(maximalStatement(fill))),
  },
  renderOverdue: {
    leads: /has not answered/,
    show: ({ fill }) => says(renderOverdue(maximalStatement(fill), 999_999)),
  },
};
