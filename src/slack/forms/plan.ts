import type { KnownBlock } from '@slack/types';
import { COMMAND_TEXTS } from '../../domain/incident/command-texts.ts';
import { planBasis } from '../../domain/incident/decide-plan.ts';
import { recordsOf } from '../../domain/incident/evidence.ts';
import { leadingHypothesis } from '../../domain/incident/hypotheses.ts';
import { namesIn, type PlanScope } from '../../domain/incident/plan-scope.ts';
import type { Hypothesis, IncidentState, Plan } from '../../domain/incident/state.ts';
import { actor, date, line, quote, richText, typed } from '../blocks/text.ts';
import { planWords } from '../blocks/words.ts';
import { msOf, notice, textField, timeField } from './fields.ts';
import { chosenFilling, filledActionId, fillingBlocks } from './fillings.ts';
import type { Form, FormContext } from './form.ts';
import { hypothesisParagraph, targetHypothesis } from './hypothesis-choices.ts';
import { incidentModal } from './incident-modal.ts';
import { planFillings } from './plan-fillings.ts';
import { readValues, type ValueReader } from './read-values.ts';

const RULES = COMMAND_TEXTS['plan-solution'];
const NO_CAUSE_YET =
  'No cause is confirmed yet. Look before you restart or replace anything: it wipes out what shows the cause. Keep logs, a snapshot or a task that fails.';

export const planForm: Form = {
  id: 'plan',
  build: (context) => {
    const cause = confirmedHypothesis(context);
    const plan = earlierPlan(context);
    const fillings = planFillings(context.state, context.playbook, cause);
    const said = context.initial;
    const isFilled = said === undefined && plan === null && cause?.suggestion != null;
    const chosen = chosenFilling(fillings, context.choice ?? (isFilled ? 'suggested' : null));
    const texts = said ?? chosen?.texts ?? { ...plan };
    const resources = plan?.resources ?? resourcesOf(context.state, cause);
    const text = (name: 'solution' | 'risk' | 'mitigation' | 'rollback') => ({
      name,
      rule: RULES[name],
      initial: texts[name] ?? '',
      actionId: filledActionId(chosen),
      lines: 'many' as const,
    });
    return incidentModal('plan', context, {
      title: 'Plan the fix',
      submit: 'Propose',
      itemId: cause?.hypothesisId ?? null,
      basis: planBasis(context.state),
      blocks: [
        ...(context.isOutdated === true ? plannedBlocks(context.state) : []),
        ...(cause === null ? [] : [hypothesisParagraph(cause)]),
        ...(cause === null && plan === null ? [notice(NO_CAUSE_YET)] : []),
        ...fillingBlocks('Begin with one of these:', fillings, chosen),
        ...(chosen === null ? [] : [notice(chosen.source)]),
        textField({
          ...text('solution'),
          label: 'What will be done?',
          hint: 'Who has to approve it before it goes in, if anybody, is said on its card.',
        }),
        textField({ ...text('risk'), label: 'What could go wrong?' }),
        textField({ ...text('mitigation'), label: 'What keeps the risk small?' }),
        textField({ ...text('rollback'), label: 'What is the way back?' }),
        textField({
          name: 'resources',
          label: 'What does it touch?',
          hint: 'Names, ids or ARNs, with commas. What is written to them then counts as part of the plan.',
          rule: RESOURCES,
          initial: said?.['resources'] ?? resources.join(', '),
          lines: 'one',
        }),
        timeField({
          name: 'from',
          label: 'When does it go in?',
          hint: 'Leave it empty for as soon as it may. The owner is reminded when it begins.',
          initialMs: said === undefined ? (plan?.window?.fromMs ?? null) : msOf(said['from']),
        }),
        timeField({
          name: 'to',
          label: 'Until when may it take?',
          initialMs: said === undefined ? (plan?.window?.toMs ?? null) : msOf(said['to']),
        }),
      ],
    });
  },
  parse: ({ values, target, newId }) => {
    const read = readValues(values);
    return read.result({
      type: 'plan-solution',
      planId: newId('plan'),
      hypothesisId: target.itemId,
      solution: read.text('solution', RULES.solution),
      risk: read.text('risk', RULES.risk),
      mitigation: read.text('mitigation', RULES.mitigation),
      rollback: read.text('rollback', RULES.rollback),
      ...readScope(read),
      basis: target.basis,
    });
  },
};

/** Two people planned at once: what the other one did, above what this one has typed. */
function plannedBlocks({ plans }: IncidentState): readonly KnownBlock[] {
  const last = plans.at(-1);
  if (last === undefined) return [];
  return [
    richText(
      line(
        ['⚠️ ', actor(last.by), ' planned this ', date(last.plannedAtMs)],
        `, after you had opened the form (${planWords(last).word}):`,
      ),
      quote(typed(last.solution) ?? '–'),
      line('What you typed is still below. If you propose it, it replaces a plan that is not in.'),
    ),
  ];
}

const RESOURCES = { label: 'The list', charactersMax: 2_000, required: false } as const;

function readScope(read: ValueReader): PlanScope {
  const resources = namesIn(read.text('resources', RESOURCES));
  const fromMs = read.time('from');
  const toMs = read.time('to');
  if (toMs !== null && fromMs === null) read.refuse('from', 'A window also needs a beginning.');
  if (toMs !== null && fromMs !== null && toMs <= fromMs) {
    read.refuse('to', 'The window ends before it begins.');
  }
  return { resources, window: fromMs === null ? null : { fromMs, toMs } };
}

const SUGGESTED_RESOURCES_MAX = 5;

/** What the calls behind the cause were about, as far as they are on record. */
function resourcesOf({ evidence }: IncidentState, cause: Hypothesis | null): readonly string[] {
  const ids = new Set(cause?.cause?.eventIds ?? []);
  const names = evidence
    .flatMap(recordsOf)
    .filter(({ eventId }) => ids.has(eventId))
    .flatMap(({ resources }) => resources.map(({ name }): string => name));
  return [...new Set(names)].slice(0, SUGGESTED_RESOURCES_MAX);
}

/** A plan that did not go in yet is changed by a new one that begins with its words. */
function earlierPlan({ state }: FormContext): Plan | null {
  const last = state.plans.at(-1);
  return last?.status === 'planned' || last?.status === 'approved' ? last : null;
}

/**
 * The one that was asked for, else the leading one. Without a confirmed cause the plan is a
 * mitigation, and belongs to no hypothesis.
 */
function confirmedHypothesis(context: FormContext): Hypothesis | null {
  const asked = targetHypothesis(context);
  if (asked?.status === 'confirmed') return asked;
  const leading = leadingHypothesis(context.state);
  return leading?.status === 'confirmed' ? leading : null;
}
