import type { KnownBlock, RichTextList, RichTextSection, StaticSelect } from '@slack/types';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { StepId } from '../../domain/incident/steps.ts';
import { checkResults } from '../../domain/playbook/check-results.ts';
import { playbookOf } from '../../domain/playbook/find-playbook.ts';
import { fittingLinks } from '../../domain/playbook/fitting-links.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { encodeChoice, MENU_ACTION } from '../ids.ts';
import { isToAsk } from './ask-rows.ts';
import { actions, tapButton } from './buttons.ts';
import { BLOCK_LIMITS } from './limits.ts';
import { runbookLink } from './links.ts';
import { checkItems, playbookItems } from './playbook-items.ts';
import { actor, bold, line, link, list, type Part, plain, typed } from './text.ts';

type Element = RichTextSection | RichTextList;

/** More are not read on a phone; one tap shows them all. */
const ITEMS_SHOWN_MAX = 3;
const LINKS_SHOWN_MAX = 3;
const REASON_CHARACTERS_MAX = 300;

/** What the playbook of the incident says first about the step that people are in. */
export function playbookLines(
  state: IncidentState,
  step: StepId,
  playbooks: readonly Playbook[],
): readonly Element[] {
  if (state.playbook === null) return [];
  const playbook = playbookOf(state, playbooks);
  if (playbook === null) {
    const gone = ' (it is not among the playbooks any more: choose another one)';
    return [line('📖 Playbook: ', bold(state.playbook.title), gone)];
  }
  const items = cardItems(state, step, playbook);
  const hidden = items.length - ITEMS_SHOWN_MAX;
  return [
    heading(state, step),
    ...(step === 'document' ? [line('What may prevent the next one:')] : []),
    ...(items.length === 0
      ? []
      : [list(items.slice(0, ITEMS_SHOWN_MAX).map(({ short }) => short))]),
    ...(hidden > 0 ? [line(`and ${hidden} more in the whole playbook`)] : []),
    ...(step === 'identify' || step === 'isolate' ? linkLine(state, playbook) : []),
  ];
}

/** Other solutions beside one that people agreed on would only raise doubts. */
function hasStandingPlan({ plans }: IncidentState): boolean {
  const status = plans.at(-1)?.status;
  return status === 'approved' || status === 'implemented';
}

/** What to verify and what to ask stand below, where each has its button. */
function cardItems(state: IncidentState, step: StepId, playbook: Playbook) {
  if (step === 'verify' || (step === 'solve' && hasStandingPlan(state))) return [];
  if (step !== 'isolate') return playbookItems(state, step, playbook);
  return checkItems(checkResults(state, playbook).filter((result) => !isToAsk(result)));
}

/** One tap to all of it, and one to another playbook. */
export function playbookMenu(
  state: IncidentState,
  playbooks: readonly Playbook[],
): readonly KnownBlock[] {
  const isThere = playbookOf(state, playbooks) !== null;
  const others = playbooks.filter(({ id }) => id !== state.playbook?.playbookId);
  return actions(
    isThere ? tapButton('show-playbook', { incidentId: state.incidentId }) : null,
    others.length === 0 ? null : otherPlaybooks(state, others),
  );
}

function otherPlaybooks(state: IncidentState, others: readonly Playbook[]): StaticSelect {
  const options = others
    .toSorted((a, b) => (a.title < b.title ? -1 : 1))
    .slice(0, BLOCK_LIMITS.optionsMax)
    .map(({ id, title }) => ({
      text: plain(title, BLOCK_LIMITS.optionCharactersMax),
      value: encodeChoice('choose-playbook', { incidentId: state.incidentId, itemId: id }),
    }));
  return {
    type: 'static_select',
    action_id: MENU_ACTION,
    placeholder: plain('Change the playbook', BLOCK_LIMITS.placeholderCharactersMax),
    options,
  };
}

/** Why it was chosen is of interest at first; later its name is enough. */
function heading({ playbook }: IncidentState, step: StepId): RichTextSection {
  if (playbook === null) return line('📖 No playbook');
  const name: Part = ['📖 Playbook: ', bold(playbook.title)];
  if (playbook.isByHand) return line(name, ', chosen by ', actor(playbook.by));
  return step === 'identify' || step === 'isolate'
    ? line(name, '. ', typed(playbook.reason, REASON_CHARACTERS_MAX))
    : line(name);
}

function linkLine(state: IncidentState, playbook: Playbook): readonly Element[] {
  const links = fittingLinks(state, playbook).slice(0, LINKS_SHOWN_MAX);
  if (links.length === 0) return [];
  const parts = links.map(
    ({ url, title }, index): Part => [index === 0 ? null : ' · ', link(runbookLink(url), title)],
  );
  return [line('Runbooks and dashboards: ', parts)];
}
