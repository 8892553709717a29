const INCIDENT_ID = /\bRT-[0-9A-Z]{5}\b/g;
const LINK = /http:\/\/127\.0\.0\.1:\d+\/archives\/[^\s)]+/g;
const CLOCK = /\b(\d\d):(\d\d):(\d\d)\b/g;
/** A person types and taps, and the bot answers, within this time after a moment of the story. */
const SETTLED_AFTER_S = 40;

/**
 * A document as it would be on every machine: the incident's id is random, links name the port of
 * this run and the millisecond of a message, and a message stands at the second in which the browser
 * sent it. Ids become one id, links are numbered in their order, and a time shortly after a moment of
 * the story (`HH:MM:SS`) becomes that moment. Everything else is left as the product wrote it.
 */
export function settleDocument(text: string, moments: readonly string[]): string {
  const links = [...new Set(text.match(LINK))];
  const seconds = moments.map(secondsOf).toSorted((a, b) => a - b);
  return text
    .replace(
      LINK,
      (link) => `https://northwind.slack.com/archives/C0INCIDENT/p${links.indexOf(link) + 1}`,
    )
    .replace(INCIDENT_ID, 'RT-7K3F9')
    .replace(CLOCK, (time) => {
      const second = secondsOf(time);
      const moment = seconds.findLast((candidate) => candidate <= second) ?? second;
      return second - moment < SETTLED_AFTER_S ? clockOf(moment) : time;
    });
}

function secondsOf(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * 60 + seconds;
}

function clockOf(second: number): string {
  const parts = [Math.floor(second / 3_600), Math.floor(second / 60) % 60, second % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
