import type { KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { incidentFigures } from '../../../src/domain/figures/incident-figures.ts';
import { weeksUntil } from '../../../src/domain/figures/weeks.ts';
import { NO_DURATIONS } from '../../../src/domain/incident/durations.ts';
import { EMPTY_PROFILE } from '../../../src/domain/knowledge/profile.ts';
import { figureRow } from '../../../src/flows/read-home.ts';
import type { ConnectionReport, IncidentSummary } from '../../../src/ports.ts';
import { HOME_ROWS, type HomeContent, pageOf, renderHome } from '../../../src/slack/blocks/home.ts';
import { textIn } from '../../support/e2e/person.ts';
import {
  bot,
  MINUTE_MS,
  OPENED_AT_MS,
  play,
  STRAIGHT_PATH,
  stateOf,
} from '../../support/incident-builders.ts';
import { aRankedCause, aRanking } from '../../support/ranking-builders.ts';
import { aSummary } from '../../support/summary-builders.ts';
import { atMs, hostileText, nullable } from './hostile-text.ts';
import { refusals } from './refusals.ts';

const NOW_MS = OPENED_AT_MS + 60 * MINUTE_MS;
const state = stateOf(play(STRAIGHT_PATH.slice(0, 5)));

interface Shape {
  readonly open?: readonly IncidentSummary[];
  readonly documents?: readonly IncidentSummary[];
  readonly pages?: { readonly open: number; readonly documents: number };
  readonly connections?: readonly ConnectionReport[];
  readonly channelIds?: ReadonlySet<string> | null;
  readonly counted?: readonly IncidentSummary[];
  readonly permalink?: string | null;
}

function aHome(shape: Shape = {}): HomeContent {
  const { open = [], documents = [], pages = { open: 0, documents: 0 } } = shape;
  const rows = (shape.counted ?? open).map(figureRow);
  const page = pageOf(open, pages.open, HOME_ROWS.open);
  const permalink = shape.permalink ?? 'https://example.slack.com/archives/C1/p1';
  return {
    home: {
      userId: 'UANA',
      atMs: NOW_MS,
      open,
      documents,
      figures: incidentFigures(rows, NOW_MS),
      weeks: weeksUntil(rows, NOW_MS),
      channelIds: shape.channelIds === undefined ? new Set(['C1']) : shape.channelIds,
      isPartial: false,
    },
    open: { ...page, rows: page.rows.map((summary) => ({ summary, state, permalink })) },
    documents: pageOf(documents, pages.documents, HOME_ROWS.documents),
    connections: shape.connections ?? [],
  };
}

const blocksOf = (content: HomeContent) => renderHome(content).blocks as KnownBlock[];
const words = (content: HomeContent) => textIn(blocksOf(content));
const labels = (content: HomeContent) =>
  blocksOf(content).flatMap((block) =>
    block.type === 'actions' ? block.elements.map((element) => textIn(element).trim()) : [],
  );

const resolved = (minutes: number, changes: Partial<IncidentSummary> = {}) =>
  aSummary({ durations: { ...NO_DURATIONS, resolve: minutes * MINUTE_MS }, ...changes });

const closed = aSummary({
  status: 'closed',
  profile: {
    ...EMPTY_PROFILE,
    rootCause: 'A job removed the rule.',
    fix: 'Rule restored.',
    documentLink: 'https://example.slack.com/files/U1/F1/record.md',
    closedAtMs: NOW_MS,
  },
});

describe('a page of a list', () => {
  it('says how many follow, and is the last one when the list became shorter', () => {
    expect(pageOf([1, 2, 3, 4, 5], 0, 2)).toEqual({ rows: [1, 2], page: 0, laterCount: 3 });
    expect(pageOf([1, 2, 3, 4, 5], 9, 2)).toEqual({ rows: [5], page: 2, laterCount: 0 });
    expect(pageOf([], 3, 2)).toEqual({ rows: [], page: 0, laterCount: 0 });
  });

  it('leaves nothing out and shows nothing twice, over all pages', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.integer({ min: 1, max: 9 }), (count, size) => {
        const rows = Array.from({ length: count }, (_, index) => index);
        const pages = Array.from({ length: Math.ceil(count / size) }, (_, index) =>
          pageOf(rows, index, size),
        );
        expect(pages.flatMap((page) => page.rows)).toEqual(rows);
        expect(
          pages.every(
            ({ rows: shown, laterCount, page }) =>
              page * size + shown.length + laterCount === count,
          ),
        ).toBe(true);
      }),
    );
  });
});

describe('the Home tab', () => {
  it('shows of an open incident where it stands, whose it is, and the leading hypothesis', () => {
    const shown = words(
      aHome({ open: [aSummary({ ownerId: 'UBEN' }), aSummary({ ownerId: 'UANA' })] }),
    );

    expect(shown).toContain('Checkout returns 5xx');
    expect(shown).toContain('@UBEN · step 4 of 7');
    expect(shown).toContain('yours · step 4 of 7');
    expect(shown).toContain('The security group no longer lets port 443 in.');
  });

  it('says where the same change leads in several incidents, and nothing where none does', () => {
    const ranked = (incidentId: string, eventId: string) => {
      const ranking = aRanking({ causes: [aRankedCause({ eventId })] });
      const led = stateOf(
        play([[{ type: 'rank-causes', ranking }, bot]], play(STRAIGHT_PATH.slice(0, 4))),
      );
      return { summary: aSummary({ incidentId }), state: { ...led, incidentId }, permalink: null };
    };
    const home = aHome();
    const shown = (...rows: readonly ReturnType<typeof ranked>[]) =>
      words({ ...home, open: { ...home.open, rows } });

    const same = shown(ranked('RT-ONE11', 'e1'), ranked('RT-TWO22', 'e1'));
    expect(same).toContain('The same change leads in RT-TWO22');
    expect(same).toContain('The same change leads in RT-ONE11');
    const other = shown(ranked('RT-ONE11', 'e1'), ranked('RT-TWO22', 'e2'));
    expect(other).not.toContain('The same change leads');
  });

  it('offers to take only what nobody owns', () => {
    const free = labels(aHome({ open: [aSummary()] }));
    const taken = labels(aHome({ open: [aSummary({ ownerId: 'UBEN' })] }));

    expect(free.slice(0, 3)).toEqual(['Open the thread', 'Take it', 'Catch me up']);
    expect(taken.slice(0, 2)).toEqual(['Open the thread', 'Catch me up']);
  });

  it('says of a drill that it is one', () => {
    expect(words(aHome({ open: [aSummary({ isDrill: true })] }))).toContain('🎯 DRILL');
    expect(words(aHome({ open: [aSummary()] }))).not.toContain('DRILL');
  });

  it('tells of a document what it was and what fixed it', () => {
    const shown = words(aHome({ documents: [closed] }));

    expect(shown).toContain('Root cause: A job removed the rule.');
    expect(shown).toContain('Fixed by: Rule restored.');
    expect(labels(aHome({ documents: [closed] }))).toContain('Read the document');
  });

  it('turns pages where lists are long', () => {
    const open = Array.from({ length: 17 }, () => aSummary());

    expect(labels(aHome({ open }))).toContain('and 12 more');
    expect(labels(aHome({ open }))).not.toContain('Back');
    const second = labels(aHome({ open, pages: { open: 1, documents: 0 } }));
    expect(second).toEqual(expect.arrayContaining(['Back', 'and 7 more']));
  });

  it('makes no trend of a few incidents', () => {
    const shown = words(aHome({ counted: [resolved(10), resolved(20), resolved(30)] }));

    expect(shown).toContain('3 incidents, 0 in the 30 days before: too few for a trend.');
    expect(shown).toContain('verified fix: 20 min (median of 3, too few for a trend)');
    expect(shown).toContain('named component: no incident has come so far.');
  });

  it('compares with the thirty days before, and tells by playbook and by confirmed cause', () => {
    const before = NOW_MS - 40 * 24 * 60 * MINUTE_MS;
    const counted = [
      ...Array.from({ length: 3 }, () => resolved(20, { playbookTitle: 'Downtime' })),
      resolved(20, { playbookTitle: 'Downtime', causeClass: 'deployed' }),
      resolved(20, { playbookTitle: 'Downtime', causeClass: 'deployed' }),
      ...Array.from({ length: 6 }, () => resolved(50, { openedAtMs: before })),
    ];
    const shown = words(aHome({ counted }));

    expect(shown).toContain('5 incidents, 6 in the 30 days before.');
    expect(shown).toContain('20 min (median of 5, 30 min shorter than before)');
    expect(shown).toContain('By playbook , medians and of how many Downtime : 5 incidents · ');
    expect(shown).toMatch(
      /By confirmed cause , medians and of how many A deployment : 2 incidents .*· verified 20 min \(2\) No recorded change : 3 incidents/,
    );
    expect(labels(aHome({ counted }))).toContain('Send me the trend as a picture');
  });

  it('says that there was none, without figures or a picture', () => {
    const shown = words(aHome());

    expect(shown).toContain('No incident in 60 days.');
    expect(shown).not.toContain('median');
    expect(labels(aHome())).toEqual([]);
  });

  it('draws the median time to the fix week by week, where anything was fixed', () => {
    const earlier = NOW_MS - 8 * 24 * 60 * MINUTE_MS;
    const counted = [resolved(80), resolved(10, { openedAtMs: earlier })];

    expect(words(aHome({ counted }))).toContain(
      'Median to the verified fix, week by week: ··········▁█ (at most 1 h 20 min)',
    );
    expect(words(aHome({ counted: [aSummary()] }))).not.toContain('Median to the verified fix');
  });

  it('draws the number of incidents a week, the last week at the end', () => {
    expect(words(aHome({ counted: [aSummary(), aSummary()] }))).toContain('···········█');
  });

  it('tells trouble with connections before what works', () => {
    const works: ConnectionReport = {
      state: 'works',
      name: 'Slack',
      words: 'connected',
      atMs: null,
    };
    const denied: ConnectionReport = {
      state: 'trouble',
      name: 'AWS in eu-west-1',
      words: 'CloudTrail denied it',
      atMs: NOW_MS,
    };
    const shown = words(
      aHome({ connections: [...Array.from({ length: 20 }, () => works), denied] }),
    );

    expect(shown).toContain('⚠️ AWS in eu-west-1 : CloudTrail denied it');
    expect(shown).toContain('and 9 more');
  });

  it('says so when the channels of the reader are not known', () => {
    expect(words(aHome({ channelIds: null }))).toContain('only incidents that you own or opened');
    expect(words(aHome())).not.toContain('only incidents that you own or opened');
  });

  it('is taken by Slack however much there is, with whatever anybody typed', () => {
    const profile = fc.record({ rootCause: nullable(hostileText), fix: nullable(hostileText) });
    const anIncident = fc
      .record({
        title: hostileText,
        ownerId: nullable(hostileText),
        profile,
        playbookTitle: nullable(hostileText),
      })
      .map(({ profile: known, ...row }) =>
        resolved(7, { ...row, profile: { ...closed.profile, ...known } }),
      );
    const aConnection = fc.record({
      state: fc.constantFrom('works' as const, 'trouble' as const, 'idle' as const),
      name: hostileText,
      words: hostileText,
      atMs: nullable(atMs),
    });
    fc.assert(
      fc.property(
        fc.array(anIncident, { maxLength: 30 }),
        fc.array(aConnection, { maxLength: 30 }),
        nullable(hostileText),
        (incidents, connections, permalink) => {
          const pages = { open: 1, documents: 1 };
          const content = aHome({
            open: incidents,
            documents: incidents,
            pages,
            connections,
            permalink,
          });
          expect(refusals({ text: 'Home', blocks: blocksOf(content) })).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
