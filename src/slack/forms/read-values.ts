import type { TextRule } from '../../domain/incident/command-texts.ts';
import type { IncidentCommand } from '../../domain/incident/commands.ts';
import { hasVisibleText } from '../../domain/text/cut-text.ts';
import type { FormResult, FormValues } from './form.ts';

/** Clocks differ a little between a phone and the server. */
const FUTURE_TOLERANCE_MS = 2 * 60_000;

/** Reads one submission field by field and keeps a sentence for each that cannot be used. */
export interface ValueReader {
  text(name: string, rule: TextRule): string;
  /** Null when it was left empty. */
  optionalText(name: string, rule: TextRule): string | null;
  choice<T extends string>(name: string, choices: readonly T[], question: string): T;
  list(name: string): readonly string[];
  person(name: string): string | null;
  /** Null when it was left empty. */
  time(name: string): number | null;
  pastTime(name: string, nowMs: number): number | null;
  refuse(name: string, sentence: string): void;
  /** The sentences so far; empty when everything could be used. */
  errors(): Readonly<Record<string, string>>;
  /** The command, unless something could not be used. */
  result(command: IncidentCommand): FormResult;
}

export function readValues(values: FormValues): ValueReader {
  const errors: Record<string, string> = {};
  // A field that was filled from a choice has another action id than its first one.
  const raw = (name: string): string => Object.values(values[name] ?? {})[0] ?? '';
  const refuse = (name: string, sentence: string): void => {
    errors[name] ??= sentence;
  };
  const text = (name: string, rule: TextRule): string => {
    const value = raw(name).trim();
    if (rule.required && !hasVisibleText(value)) refuse(name, `${rule.label} is missing.`);
    if (value.length > rule.charactersMax) {
      refuse(name, `${rule.label} is too long: at most ${rule.charactersMax} characters.`);
    }
    return value;
  };
  const time = (name: string): number | null => {
    if (raw(name) === '') return null;
    const atMs = /^\d{1,11}$/.test(raw(name)) ? Number(raw(name)) * 1_000 : Number.NaN;
    if (Number.isNaN(atMs)) refuse(name, 'This is not a time. Choose a day and a time.');
    return atMs;
  };
  return {
    text,
    optionalText: (name, rule) => text(name, { ...rule, required: false }) || null,
    choice: <T extends string>(name: string, choices: readonly T[], question: string): T => {
      const found = choices.find((choice) => choice === raw(name));
      if (found === undefined) refuse(name, question);
      return found ?? (choices[0] as T);
    },
    list: (name) =>
      raw(name)
        .split(',')
        .filter((value) => value !== ''),
    person: (name) => (/^[UW][A-Z0-9]+$/.test(raw(name)) ? raw(name) : null),
    time,
    pastTime: (name, nowMs) => {
      const atMs = time(name);
      if (atMs !== null && atMs > nowMs + FUTURE_TOLERANCE_MS) {
        refuse(name, 'This time has not come yet. Choose when it began.');
      }
      return atMs;
    },
    refuse,
    errors: () => errors,
    result: (command) =>
      Object.keys(errors).length > 0 ? { kind: 'errors', errors } : { kind: 'command', command },
  };
}
