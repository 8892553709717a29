import type { AlarmPlace } from '../domain/alarm/alarm-change.ts';
import type { AlarmRoute, AlarmSettings } from '../ports.ts';

/** Where an alarm leads to by the configuration's rules; null: no rule fits and there is no default. */
export function routeAlarm(
  { rules, fallback }: Pick<AlarmSettings, 'rules' | 'fallback'>,
  { name, accountId, region }: AlarmPlace,
): AlarmRoute | null {
  const rule = rules.find(
    (row) =>
      matchesPattern(name, row.pattern) &&
      (row.accountId ?? accountId) === accountId &&
      (row.region ?? region) === region,
  );
  return rule?.route ?? fallback;
}

/** `*` stands for any text. Each piece is looked for once, so that no pattern takes long. */
export function matchesPattern(text: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const piece of rest) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}
