import type { Journal, JournalEntry } from '../../../../src/simulator/workspace/journal.ts';
import { VALUE_ACTION } from '../../../../src/slack/forms/fields.ts';
import { walk } from '../person.ts';
import { type ChosenAction, namesOfAction } from './control-names.ts';

type Json = Record<string, unknown>;

/** Something that can be tapped, as it was sent to Slack; a menu's entries one by one. */
export interface RenderedControl {
  readonly names: readonly string[];
  readonly element: Json;
}

/** Whatever was rendered for somebody: in messages, forms, Home and answers to commands. */
export function renderedControls(journal: Journal): readonly RenderedControl[] {
  return walk(journal.entries().map((entry) => parsed(sentIn(entry)))).flatMap(controlsIn);
}

function sentIn(entry: JournalEntry): unknown {
  switch (entry.kind) {
    case 'api':
      return entry.args;
    case 'envelope':
      return entry.ackPayload;
    case 'response':
      return entry.body;
  }
}

/** Slack's client sends blocks and views as text. */
function parsed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(parsed);
  if (typeof value === 'string') return /^[[{]/.test(value) ? fromJson(value) : value;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, parsed(inner)]));
}

/** What people type may begin like JSON. */
function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function controlsIn(element: Json): RenderedControl[] {
  const { action_id, options } = element;
  if (typeof action_id !== 'string' || action_id.startsWith(VALUE_ACTION)) return [];
  const chosen = Array.isArray(options)
    ? (options as Json[]).map((option) => ({ ...element, selected_option: option }))
    : [element];
  return chosen.map((one) => ({ element: one, names: namesOfAction(one as ChosenAction & Json) }));
}
