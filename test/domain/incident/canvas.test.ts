import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canvasMark,
  canvasNews,
  canvasText,
  canvasTitle,
  canvasTitleStart,
} from '../../../src/domain/incident/canvas.ts';
import type { IncidentCommand } from '../../../src/domain/incident/commands.ts';
import { fullIncident } from '../../support/full-incident.ts';
import { ana, OPENED_AT_MS, play } from '../../support/incident-builders.ts';
import { HOSTILE_TEXTS } from '../../support/part-arbitraries.ts';

const NAMES = { UANA: 'Ana' };
const before = fullIncident();
const sinceVersion = before.length;
const newsAfter = (...asked: readonly IncidentCommand[]): string | null => {
  const events = play(
    asked.map((command) => [command, ana] as const),
    before,
  );
  const version = events.length;
  return canvasNews(events, NAMES, { sinceVersion, version, nowMs: OPENED_AT_MS });
};
const editOf = (text: string): IncidentCommand => ({
  type: 'edit-document',
  section: 'root-cause',
  text,
  basis: 0,
});
/** What a canvas makes a mention, a date, a link or a box of. */
const LIVE = /!\[[^\]\\]*\]\(|<[@#!]|(?<!\\)\]\(javascript|^:::/m;

describe('a canvas', () => {
  test('has one title for all of an incident, however the incident is called', () => {
    const state = { incidentId: 'RT-1', isDrill: false, title: 'a\n\u202Eb '.repeat(90) };
    expect(canvasTitle(state).startsWith(canvasTitleStart(state))).toBe(true);
    expect(canvasTitle(state)).not.toMatch(/[\n\u202E]/);
    expect(canvasTitle(state).length).toBeLessThanOrEqual(150);
    expect(canvasTitle({ ...state, incidentId: 'RT-12' }).startsWith(canvasTitleStart(state))).toBe(
      false,
    );
  });

  test('says what it tells, without the heading, with lists as a canvas nests them', () => {
    const text = canvasText('# RT-1: title\n\n- Where:\n  - here\n\nend\n', 12);
    expect(text).toContain(canvasMark(12));
    expect(text).not.toContain('# RT-1');
    expect(text).toContain('\n- Where:\n    - here\n\nend\n');
  });

  test('stays below what Slack takes, and says where the rest is', () => {
    const text = canvasText(`# t\n\n${'- one line of many\n\n'.repeat(80_000)}`, 1);
    expect(text.length).toBeLessThan(1_048_576);
    expect(text).toMatch(/There is more in the Markdown file in the thread\.\n$/);
  });
});

describe('what is new for a canvas', () => {
  test('is nothing where people would read nothing', () => {
    expect(newsAfter()).toBeNull();
    const published = { ofVersion: sinceVersion, permalink: null, canvasLink: null };
    expect(newsAfter({ type: 'record-publication', ...published })).toBeNull();
  });

  test('is what was recorded since, with the words of whoever edited', () => {
    const news = newsAfter(
      { type: 'reopen-incident', reason: 'It came back.' },
      editOf('The provider lost a rack.'),
    );
    expect(news).toContain(`## Added 2026-03-08 10:45:00 UTC: ${canvasMark(sinceVersion + 4)}`);
    expect(news).toContain('Incident reopened: It came back.');
    expect(news).toContain('### Root cause, edited\n\n> The provider lost a rack.\n\nEdited ');
    expect(news).not.toContain('Incident opened');
  });

  test('is harmless whatever people typed', () => {
    const canvasOwn = [
      '![](@U1)',
      '![](#C1)',
      '![](slack_date:2026-01-01)',
      '::: {.callout}\nx\n:::',
    ];
    const hostile = fc.constantFrom(...HOSTILE_TEXTS, ...canvasOwn);
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), (texts) => {
        const text = `Seen:\n${texts.join('\n')}`.slice(0, 2_000);
        const news = newsAfter(editOf(text), { type: 'reopen-incident', reason: text });
        expect(news ?? '').not.toMatch(LIVE);
      }),
      { numRuns: 40 },
    );
  });
});
