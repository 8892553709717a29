import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import { incidentFigures } from '../../../src/domain/figures/incident-figures.ts';
import { weeksUntil } from '../../../src/domain/figures/weeks.ts';
import { briefOf } from '../../../src/domain/incident/brief.ts';
import type { RecordedEvent } from '../../../src/domain/incident/events.ts';
import { joinedAlarms } from '../../../src/domain/incident/incident-alarms.ts';
import { LIMITS } from '../../../src/domain/incident/limits.ts';
import type { IncidentState } from '../../../src/domain/incident/state.ts';
import type { Playbook } from '../../../src/domain/playbook/playbook.ts';
import { answerQuestion } from '../../../src/domain/trail/answer.ts';
import { parseQuery } from '../../../src/domain/trail/query/parse-query.ts';
import type { TrailQuery } from '../../../src/domain/trail/query/query.ts';
import { QUERY_LIMITS } from '../../../src/domain/trail/query/query.ts';
import { figureRow } from '../../../src/flows/read-home.ts';
import type { IncidentSummary } from '../../../src/ports.ts';
import {
  renderActorQuestion,
  renderAnswerFor,
  renderOverdue,
} from '../../../src/slack/blocks/actor-question.ts';
import { renderBrief } from '../../../src/slack/blocks/brief.ts';
import { buildEditList } from '../../../src/slack/blocks/edit-list.ts';
import { renderError, sentenceContent } from '../../../src/slack/blocks/error.ts';
import { renderHelp, renderTrailHelp } from '../../../src/slack/blocks/help.ts';
import { HOME_ROWS, pageOf, renderHome } from '../../../src/slack/blocks/home.ts';
import { renderIncidentList } from '../../../src/slack/blocks/incident-list.ts';
import { renderEmptyMenu, renderMenu } from '../../../src/slack/blocks/menu.ts';
import type { MessageContent, SlotContent } from '../../../src/slack/blocks/message.ts';
import { renderMovedLine, renderMovedRoot } from '../../../src/slack/blocks/moved-card.ts';
import { buildPlaybookView } from '../../../src/slack/blocks/playbook-view.ts';
import { renderIncident } from '../../../src/slack/blocks/render-incident.ts';
import { renderStatus } from '../../../src/slack/blocks/status.ts';
import { renderTrailAnswer } from '../../../src/slack/blocks/trail-answer.ts';
import { renderLateCalls } from '../../../src/slack/blocks/trail-late.ts';
import { renderTrailProgress } from '../../../src/slack/blocks/trail-progress.ts';
import { renderQuestionTrouble } from '../../../src/slack/blocks/trail-question.ts';
import { buildWhy } from '../../../src/slack/blocks/why-view.ts';
import { buildCommentForm } from '../../../src/slack/forms/actor-comment.ts';
import {
  askedBeforeView,
  buildAskForm,
  buildWaiting,
  sentenceView,
  warnAgain,
} from '../../../src/slack/forms/ask-actor.ts';
import { FORMS } from '../../../src/slack/forms/index.ts';
import { buildMergeForm } from '../../../src/slack/forms/merge.ts';
import { buildQuestionForm } from '../../../src/slack/forms/question.ts';
import { buildRelocateForm } from '../../../src/slack/forms/relocate.ts';
import { buildSeparateForm } from '../../../src/slack/forms/separate.ts';
import { buildLoadingView, buildStartForm } from '../../../src/slack/forms/start.ts';
import { AWS_SUPPORT, FORM_IDS } from '../../../src/slack/ids.ts';
import { anAsker, anOpenInquiry } from '../../support/statement-builders.ts';
import { aSummary } from '../../support/summary-builders.ts';
import {
  type Fill,
  many,
  maximalCoverage,
  maximalRecord,
  maximalStatement,
} from './maximal-evidence.ts';

/** One state of the largest incident, and what goes with it. */
export interface Scene {
  readonly fill: Fill;
  readonly state: IncidentState;
  readonly events: readonly RecordedEvent[];
  readonly playbook: Playbook;
}

type Sent =
  | { readonly surface: 'message'; readonly content: MessageContent }
  | { readonly surface: 'modal' | 'home'; readonly view: ModalView | HomeView };

interface Card {
  /** All it shows in this scene; nothing where the scene has none. */
  readonly show: (scene: Scene) => readonly Sent[];
  /** Its first words, however much there is to say. */
  readonly leads: RegExp;
}

const PERMALINK = `https://example.slack.com/archives/C1/p${'1'.repeat(900)}`;
const CONSOLE_URL = 'https://console.aws.amazon.com';
const NOW_MS = Date.UTC(2026, 2, 9);

const says = (...contents: readonly MessageContent[]): readonly Sent[] =>
  contents.map((content) => ({ surface: 'message', content }));
const opens = (...views: readonly ModalView[]): readonly Sent[] =>
  views.map((view) => ({ surface: 'modal', view }));

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

function summaryOf({ fill, state }: Scene): IncidentSummary {
  const profile = {
    ...aSummary().profile,
    rootCause: fill(300),
    fix: fill(300),
    documentLink: PERMALINK,
  };
  return aSummary({ title: state.title, ownerId: 'UBEN', playbookTitle: fill(60), profile });
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

function inquiry(fill: Fill) {
  const askers = many(10, (index) => anAsker({ userId: `UASKER${index}` }));
  return anOpenInquiry({ statement: maximalStatement(fill), question: fill(300), askers });
}

function home(scene: Scene): HomeView {
  const rows = many(500, () => summaryOf(scene));
  const shown = pageOf(rows, 1, HOME_ROWS.open);
  const figures = rows.map(figureRow);
  return renderHome({
    home: {
      userId: 'UBEN',
      atMs: NOW_MS,
      open: rows,
      documents: rows,
      figures: incidentFigures(figures, NOW_MS),
      weeks: weeksUntil(figures, NOW_MS),
      channelIds: null,
      isPartial: true,
    },
    open: {
      ...shown,
      rows: shown.rows.map((summary) => ({ summary, state: scene.state, permalink: PERMALINK })),
    },
    documents: pageOf(rows, 1, HOME_ROWS.documents),
    connections: many(100, () => ({
      state: 'trouble',
      name: scene.fill(100),
      words: scene.fill(1_000),
      atMs: NOW_MS,
    })),
  });
}

/** Every form, about each kind of thing that it can be about. */
function forms({ state, playbook }: Scene): readonly ModalView[] {
  const items = [null, 'hypothesis-1', 'plan-19', 'evidence-changes', AWS_SUPPORT, 'root-cause-0'];
  return FORM_IDS.flatMap((form) =>
    items.flatMap((itemId) =>
      [false, true].map((isOutdated) =>
        FORMS[form].build({
          state,
          target: { incidentId: state.incidentId, itemId },
          timeZone: 'UTC',
          nowMs: NOW_MS,
          playbook,
          isOutdated,
        }),
      ),
    ),
  );
}

const account = (fill: Fill) => ({
  userId: 'UBEN',
  name: fill(80),
  timeZone: 'UTC',
  standing: 'guest' as const,
});

/** Whatever is exported to be shown to somebody, by the function that renders it. */
export const CARDS: Readonly<Record<string, Card>> = {
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
      return says(renderIncidentList({ heading: 'Best matches', incidents }));
    },
  },
  renderHelp: {
    leads: /⟦|Incidents/,
    show: ({ fill }) => says(renderHelp(), renderHelp(fill(3_000))),
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
    show: ({ fill }) => says(renderActorQuestion(inquiry(fill), maximalStatement(fill))),
  },
  renderAnswerFor: {
    leads: /You asked/,
    show: ({ fill }) => says(renderAnswerFor(maximalStatement(fill))),
  },
  renderOverdue: {
    leads: /has not answered/,
    show: ({ fill }) => says(renderOverdue(maximalStatement(fill), 999_999)),
  },
  renderHome: {
    leads: /Slack does not tell me/,
    show: (scene) => [{ surface: 'home', view: home(scene) }],
  },
  buildWhy: {
    leads: /\d+\. |No AWS change/,
    show: ({ state }) => {
      const ids = [null, ...state.hypotheses.map(({ hypothesisId }) => hypothesisId)];
      return opens(...ids.map((id) => buildWhy(state, id, CONSOLE_URL)));
    },
  },
  buildPlaybookView: {
    leads: /^⟦|^W/,
    show: ({ state, playbook }) => opens(buildPlaybookView(state, playbook)),
  },
  buildEditList: {
    leads: /your words stand above it/,
    show: ({ state }) => opens(buildEditList(state)),
  },
  FORMS: { leads: /./, show: (scene) => opens(...forms(scene)) },
  buildStartForm: {
    leads: /What is wrong\?/,
    show: ({ fill }) => {
      const place = { channelId: 'C1', threadTs: '1.1', sourcePermalink: PERMALINK };
      const names = many(9, () => fill(300));
      const title = fill(LIMITS.titleCharactersMax);
      const prefill = { title, alarmNames: names, resources: names };
      return opens(buildStartForm({ place, prefill }));
    },
  },
  buildLoadingView: { leads: /Loading/, show: ({ fill }) => opens(buildLoadingView(fill(60))) },
  buildQuestionForm: {
    leads: /Who did what\?/,
    show: ({ fill }) => {
      const target = { incidentId: 'RT-7K3F9', itemId: 'trail-1' };
      return opens(
        buildQuestionForm({
          question: fill(QUERY_LIMITS.questionCharactersMax),
          answerId: 'trail-1',
          target,
        }),
      );
    },
  },
  buildMergeForm: {
    leads: /becomes part of the other/,
    show: (scene) =>
      opens(
        buildMergeForm(
          scene.state,
          many(100, () => summaryOf(scene)),
        ),
      ),
  },
  buildRelocateForm: {
    leads: /other channel/,
    show: ({ state }) => opens(buildRelocateForm(state)),
  },
  buildSeparateForm: {
    leads: /incident of its own/,
    show: ({ state }) => opens(buildSeparateForm(state, joinedAlarms(state))),
  },
  buildCommentForm: {
    leads: /./,
    show: ({ fill }) => opens(buildCommentForm(inquiry(fill))),
  },
  buildWaiting: { leads: /Looking up/, show: () => opens(buildWaiting()) },
  sentenceView: { leads: /⟦/, show: ({ fill }) => opens(sentenceView(fill(3_000))) },
  askedBeforeView: {
    leads: /was asked about this call already|UBEN/,
    show: ({ fill }) => opens(askedBeforeView(inquiry(fill), true)),
  },
  buildAskForm: {
    leads: /As AWS recorded it/,
    show: ({ fill }) => {
      const place = { eventId: 'e-1', incidentId: 'RT-7K3F9', channelId: 'C1', warnedId: null };
      const record = maximalRecord(fill);
      const call = { who: record.principal, record, coverage: maximalCoverage(fill) };
      const found = { kind: 'found', account: account(fill) } as const;
      const match = { email: fill(254), found };
      return opens(buildAskForm({ place, call, match, earlier: inquiry(fill) } as never));
    },
  },
  warnAgain: {
    leads: /⟦/,
    show: ({ fill }) => {
      const place = { eventId: 'e-1', incidentId: 'RT-7K3F9', channelId: 'C1', warnedId: null };
      return opens(warnAgain({ place, account: account(fill), question: fill(300) }));
    },
  },
};

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

/** What a person reads first: blocks in their order. */
export const blocksOf = (sent: Sent): readonly KnownBlock[] =>
  sent.surface === 'message' ? sent.content.blocks : (sent.view.blocks as KnownBlock[]);
