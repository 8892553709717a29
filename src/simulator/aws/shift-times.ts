// Every form of time that CloudTrail records and alarm history carry: ISO in all offsets, the Java
// form of STS expirations, the day-first form of alarm reasons, epoch milliseconds under a time key.
const ISO_TIME = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(?=Z|[+-]\d\d:?\d\d)/g;
const JAVA_TIME = /\b([A-Z][a-z]{2} \d{1,2}, \d{4})(,?) (\d{1,2}:\d\d:\d\d [AP]M)\b/g;
const REASON_TIME = /\((\d\d)\/(\d\d)\/(\d\d) (\d\d:\d\d:\d\d)\)/g;
const EPOCH_TIME = /((?:Time|Timestamp|Date)\\*":\s*)(\d{13})\b/g;

/**
 * Moves every time in a JSON text by `shiftMs` (whole seconds) and leaves the form of each as it
 * was. JSON inside strings is reached too, at any depth of escaping.
 */
export function shiftTimes(text: string, shiftMs: number): string {
  if (shiftMs === 0) return text;
  return text
    .replace(ISO_TIME, (_, seconds: string, fraction = '') => {
      return `${isoSeconds(Date.parse(`${seconds}Z`) + shiftMs)}${fraction}`;
    })
    .replace(JAVA_TIME, (_, day: string, comma: string, clock: string) => {
      return formatJava(Date.parse(`${day} ${clock} UTC`) + shiftMs, comma);
    })
    .replace(REASON_TIME, (_, day: string, month: string, year: string, clock: string) => {
      return formatReason(Date.parse(`20${year}-${month}-${day}T${clock}Z`) + shiftMs);
    })
    .replace(EPOCH_TIME, (_, key: string, epochMs: string) => `${key}${Number(epochMs) + shiftMs}`);
}

function isoSeconds(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 19);
}

function formatJava(timeMs: number, comma: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: 'UTC',
    month: 'short',
    day: 'numeric',
    year: 'numeric',
  }).format(timeMs);
  const time = new Date(timeMs);
  const hours = time.getUTCHours();
  const clock = time.toISOString().slice(13, 19);
  return `${parts}${comma} ${hours % 12 === 0 ? 12 : hours % 12}${clock} ${hours < 12 ? 'AM' : 'PM'}`;
}

function formatReason(timeMs: number): string {
  const iso = new Date(timeMs).toISOString();
  return `(${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(2, 4)} ${iso.slice(11, 19)})`;
}
