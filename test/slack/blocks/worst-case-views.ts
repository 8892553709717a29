import type { HomeView, ModalView } from '@slack/types';
import { incidentFigures } from '../../../src/domain/figures/incident-figures.ts';
import { weeksUntil } from '../../../src/domain/figures/weeks.ts';
import { briefOf } from '../../../src/domain/incident/brief.ts';
import { joinedAlarms } from '../../../src/domain/incident/incident-alarms.ts';
import { LIMITS } from '../../../src/domain/incident/limits.ts';
import { QUERY_LIMITS } from '../../../src/domain/trail/query/query.ts';
import { figureRow } from '../../../src/flows/read-home.ts';
import { buildEditList } from '../../../src/slack/blocks/edit-list.ts';
import { HOME_ROWS, pageOf, renderHome } from '../../../src/slack/blocks/home.ts';
import { renderMenu } from '../../../src/slack/blocks/menu.ts';
import { buildPlaybookView } from '../../../src/slack/blocks/playbook-view.ts';
import { renderStatus } from '../../../src/slack/blocks/status.ts';
import { buildWhy } from '../../../src/slack/blocks/why-view.ts';
import { buildWindow } from '../../../src/slack/blocks/window.ts';
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
import { buildRedactForm, redactedView } from '../../../src/slack/forms/redact.ts';
import { buildRelocateForm } from '../../../src/slack/forms/relocate.ts';
import { buildSeparateForm } from '../../../src/slack/forms/separate.ts';
import { buildLoadingView, buildStartForm } from '../../../src/slack/forms/start.ts';
import { AWS_SUPPORT, encodeTarget, FORM_IDS } from '../../../src/slack/ids.ts';
import { type Fill, many, maximalCoverage, maximalRecord } from './maximal-evidence.ts';

import {
  type Card,
  CONSOLE_URL,
  inquiry,
  NOW_MS,
  opens,
  PERMALINK,
  type Scene,
  summaryOf,
} from './worst-case-kit.ts';

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

/** Forms, windows and the Home tab, by the function that renders them. */
export const VIEW_CARDS: Readonly<Record<string, Card>> = {
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
  buildWindow: {
    leads: /SEV1/,
    show: ({ state, events }) => {
      const target = encodeTarget({ incidentId: state.incidentId, itemId: null });
      const status = renderStatus(briefOf(state, events), NOW_MS).blocks;
      const menu = renderMenu({ state, permalink: PERMALINK }).blocks;
      return opens(
        buildWindow({ tap: 'show-status', target }, status),
        buildWindow({ tap: 'show-menu', target }, menu),
        buildWindow(null, menu),
      );
    },
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
  buildRedactForm: {
    leads: /Wherever this text stands/,
    show: ({ state }) => opens(buildRedactForm(state)),
  },
  redactedView: {
    leads: /The text is out of/,
    show: ({ state }) => opens(redactedView(state, 999_999)),
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
