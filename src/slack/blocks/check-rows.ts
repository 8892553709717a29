import type { KnownBlock, RichTextList, RichTextSection, StaticSelect } from '@slack/types';
import { type CheckTick, checkIdOf, standingTicks } from '../../domain/incident/check-ticks.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import { playbookOf } from '../../domain/playbook/find-playbook.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { encodeChoice, MENU_ACTION } from '../ids.ts';
import { actions, aimAt, tapButton } from './buttons.ts';
import { BLOCK_LIMITS } from './limits.ts';
import { actor, bold, date, line, list, type Part, plain, typed } from './text.ts';

/** Two or three lines on a phone; the whole playbook has it whole. */
const CHECK_CHARACTERS_MAX = 150;
const TICKS_SHOWN_MAX = 16;

/** What was checked, by whom and when. */
export function tickLines(
  ticks: readonly CheckTick[],
): readonly (RichTextSection | RichTextList)[] {
  const shown = ticks.slice(-TICKS_SHOWN_MAX);
  if (shown.length === 0) return [];
  const items = shown.map(
    ({ text, by, atMs }): Part => [
      '✅ ',
      typed(text, CHECK_CHARACTERS_MAX),
      ' (',
      actor(by),
      ' ',
      date(atMs),
      ')',
    ],
  );
  return [line(bold('Checked:')), list(items)];
}

/**
 * What the playbook wants to be checked after a fix, each with its own button: who taps says which
 * one, whatever the others have ticked since the card was drawn.
 */
export function checkRows(
  state: IncidentState,
  playbooks: readonly Playbook[],
): readonly KnownBlock[] {
  const ticks = standingTicks(state);
  const isTicked = (text: string) => ticks.some((tick) => tick.text === text);
  const checks = [...new Set(playbookOf(state, playbooks)?.verification ?? [])];
  return [
    ...checks
      .filter((text) => !isTicked(text))
      .map(
        (text): KnownBlock => ({
          type: 'section',
          text: plain(`⬜ ${text}`, CHECK_CHARACTERS_MAX),
          accessory: tapButton('tick-check', aimAt(state, checkIdOf(text))),
        }),
      ),
    ...(ticks.length === 0 ? [] : actions(untickMenu(state, ticks))),
  ];
}

/** Rarely wanted, so it takes two taps. */
function untickMenu(state: IncidentState, ticks: readonly CheckTick[]): StaticSelect {
  const options = ticks.slice(-TICKS_SHOWN_MAX).map(({ text }) => ({
    text: plain(text, BLOCK_LIMITS.optionCharactersMax),
    value: encodeChoice('untick-check', { incidentId: state.incidentId, itemId: checkIdOf(text) }),
  }));
  return {
    type: 'static_select',
    action_id: MENU_ACTION,
    placeholder: plain('Take a tick back', BLOCK_LIMITS.placeholderCharactersMax),
    options,
  };
}
