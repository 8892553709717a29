/** `1700000000.000100` → Date. */
export function dateOfTs(ts: string): Date {
  return new Date(Number(ts) * 1000);
}

export function clockTimeOf(ts: string): string {
  return timeText(dateOfTs(ts));
}

export function fullTimeOf(ts: string): string {
  return `${dayText(dateOfTs(ts))} at ${dateOfTs(ts).toLocaleTimeString('en-GB')}`;
}

/** `Today`, `Yesterday` or `Monday 2 November 2026`, in the browser's time zone. */
export function dayLabelOf(ts: string, now: Date): string {
  const date = dateOfTs(ts);
  if (date.toDateString() === now.toDateString()) return 'Today';
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (date.toDateString() === yesterday.toDateString()) return 'Yesterday';
  return date.toLocaleDateString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
}

const dateTokens: Readonly<Record<string, (date: Date, now: Date) => string>> = {
  date_num: (date) => date.toLocaleDateString('sv-SE'),
  date: (date) => dayText(date),
  date_short: (date) => dayText(date, 'short'),
  date_long: longDayText,
  date_pretty: (date, now) => nearDayOf(date, now) ?? dayText(date),
  date_short_pretty: (date, now) => nearDayOf(date, now) ?? dayText(date, 'short'),
  date_long_pretty: (date, now) => nearDayOf(date, now) ?? longDayText(date),
  time: timeText,
  time_secs: (date) => date.toLocaleTimeString('en-GB'),
  ago: timeText,
};

/** Slack's `<!date^…>` tokens, for example `{date_short} {time}`. */
export function formatSlackDate(epochSeconds: number, format: string, now = new Date()): string {
  const date = new Date(epochSeconds * 1000);
  return format.replace(
    /\{(\w+)\}/g,
    (found, token: string) => dateTokens[token]?.(date, now) ?? found,
  );
}

const nearDays = [
  ['yesterday', -1],
  ['today', 0],
  ['tomorrow', 1],
] as const;

/** The word that the "pretty" tokens say instead of a day close to now. */
function nearDayOf(date: Date, now: Date): string | undefined {
  const dayAfter = (days: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days).toDateString();
  return nearDays.find(([, days]) => date.toDateString() === dayAfter(days))?.[0];
}

function longDayText(date: Date): string {
  return `${date.toLocaleDateString('en-GB', { weekday: 'long' })}, ${dayText(date)}`;
}

function dayText(date: Date, month: 'long' | 'short' = 'long'): string {
  return date.toLocaleDateString('en-GB', { day: 'numeric', month, year: 'numeric' });
}

function timeText(date: Date): string {
  return date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}
