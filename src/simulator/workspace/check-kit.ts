import { isObject, type Json } from './json.ts';

/** Where problems are written down, in Slack's words and with its JSON pointers. */
export interface Report {
  problem(message: string, pointer: string): void;
}

export type Check = (value: unknown, pointer: string, report: Report) => void;

export interface Size {
  readonly min?: number;
  readonly max: number;
}

function checkLength(length: number, size: Size, unit: string, pointer: string, report: Report) {
  const { min = 0, max } = size;
  if (length > max) report.problem(`must be less than ${max + 1} ${unit}`, pointer);
  if (length < min) report.problem(`must be more than ${min - 1} ${unit}`, pointer);
}

export function string(size: Size): Check {
  return (value, pointer, report) => {
    if (typeof value !== 'string') return report.problem('must be a string', pointer);
    checkLength([...value].length, size, 'characters', pointer, report);
  };
}

export const flag: Check = (value, pointer, report) => {
  if (typeof value !== 'boolean') report.problem('must be a boolean', pointer);
};

export const number: Check = (value, pointer, report) => {
  if (typeof value !== 'number') report.problem('must be a number', pointer);
};

export function integer(size: Size): Check {
  return (value, pointer, report) => {
    const { min = 0, max } = size;
    const isInside = Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
    if (!isInside) report.problem(`must be an integer from ${min} to ${max}`, pointer);
  };
}

export function choice(...allowed: readonly string[]): Check {
  return (value, pointer, report) => {
    if (!allowed.includes(String(value))) {
      report.problem(`must be a valid enum value, one of ${allowed.join(', ')}`, pointer);
    }
  };
}

export const anything: Check = () => undefined;

export function list(item: Check, size: Size): Check {
  return (value, pointer, report) => {
    if (!Array.isArray(value)) return report.problem('must be an array', pointer);
    const { min = 0, max } = size;
    if (value.length > max) report.problem(`no more than ${max} items allowed`, pointer);
    if (value.length < min) report.problem(`no fewer than ${min} items allowed`, pointer);
    value.forEach((each, index) => {
      item(each, `${pointer}/${index}`, report);
    });
  };
}

export interface Shape {
  readonly required?: Readonly<Record<string, Check>>;
  readonly optional?: Readonly<Record<string, Check>>;
}

/** An object with these fields and no others; `type` is left to `byType`. */
export function shape({ required = {}, optional = {} }: Shape): Check {
  return (value, pointer, report) => {
    if (!isObject(value)) return report.problem('must provide an object', pointer);
    for (const name of Object.keys(required)) {
      if (value[name] === undefined) report.problem(`missing required field: ${name}`, pointer);
    }
    for (const [name, inner] of Object.entries(value)) {
      if (inner === undefined || name === 'type') continue;
      const check = required[name] ?? optional[name];
      if (check === undefined) report.problem(`invalid additional property: ${name}`, pointer);
      else check(inner, `${pointer}/${name}`, report);
    }
  };
}

/** Chooses the check by the object's `type`. */
export function byType(table: () => Readonly<Record<string, Check>>): Check {
  return (value, pointer, report) => {
    if (!isObject(value)) return report.problem('must provide an object', pointer);
    const type = value['type'];
    const check = typeof type === 'string' ? table()[type] : undefined;
    if (check === undefined) {
      report.problem(`unsupported type: ${String(type)}`, `${pointer}/type`);
    } else check(value, pointer, report);
  };
}

export function all(...checks: readonly Check[]): Check {
  return (value, pointer, report) => {
    for (const check of checks) check(value, pointer, report);
  };
}

/** At least one of the fields must be there. */
export function anyOf(...names: readonly string[]): Check {
  return (value, pointer, report) => {
    const hasOne = isObject(value) && names.some((name) => value[name] !== undefined);
    if (!hasOne) report.problem(`must provide one of: ${names.join(', ')}`, pointer);
  };
}

/** A rule about the object as a whole: a sentence, or null when it is kept. */
export function rule(judge: (object: Json) => string | null): Check {
  return (value, pointer, report) => {
    const problem = isObject(value) ? judge(value) : null;
    if (problem !== null) report.problem(problem, pointer);
  };
}
