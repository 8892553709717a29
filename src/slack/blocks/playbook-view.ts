import type { KnownBlock, ModalView } from '@slack/types';
import type { IncidentState } from '../../domain/incident/state.ts';
import { INCIDENT_STEPS, type StepId } from '../../domain/incident/steps.ts';
import { fittingLinks } from '../../domain/playbook/fitting-links.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { BLOCK_LIMITS } from './limits.ts';
import { runbookLink } from './links.ts';
import { playbookItems } from './playbook-items.ts';
import { bold, line, link, list, plain, richText, typed } from './text.ts';
import { stepTitle } from './words.ts';

/**
 * All that a playbook says, to be read: first what people are at, then the other steps in their
 * order. It needs no cut: a view takes far more than the limits on a file let in.
 */
export function buildPlaybookView(state: IncidentState, playbook: Playbook): ModalView {
  const steps = INCIDENT_STEPS.map(({ id }) => id);
  const inOrder = [state.step, ...steps.filter((step) => step !== state.step)];
  return {
    type: 'modal',
    title: plain(`Whole playbook: ${playbook.title}`, BLOCK_LIMITS.viewTitleCharactersMax),
    close: plain('Back', BLOCK_LIMITS.viewTitleCharactersMax),
    blocks: [
      richText(line(bold(playbook.title), '. ', typed(playbook.when))),
      ...inOrder.flatMap((step) => stepBlocks(state, step, playbook)),
      ...linkBlocks(state, playbook),
    ],
  };
}

function stepBlocks(state: IncidentState, step: StepId, playbook: Playbook): KnownBlock[] {
  const items = playbookItems(state, step, playbook);
  if (items.length === 0) return [];
  const isNow = step === state.step ? ' (you are here)' : null;
  return [richText(line(bold(stepTitle(step)), isNow), list(items.map(({ whole }) => whole)))];
}

function linkBlocks(state: IncidentState, playbook: Playbook): KnownBlock[] {
  const links = fittingLinks(state, playbook);
  if (links.length === 0) return [];
  return [
    richText(
      line(bold('Runbooks and dashboards')),
      list(links.map(({ url, title }) => link(runbookLink(url), title))),
    ),
  ];
}
