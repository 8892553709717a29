/** Links go to these hosts only; anything else is shown without one. */
const CONSOLE_HOSTS = [
  'console.aws.amazon.com',
  'console.amazonaws-us-gov.com',
  'console.amazonaws.cn',
] as const;
const SLACK_HOST = /^[a-z0-9-]+(\.enterprise)?\.slack(-gov)?\.com$/;
/** The local workspace of the demo is Slack too, as far as links are concerned. */
const LOOPBACK_HOSTS: readonly string[] = ['127.0.0.1', 'localhost'];
const URL_CHARACTERS_MAX = 2_000;

/** The address of a Slack message or file, or null when it is not one. */
export function slackLink(permalink: string | null): string | null {
  const url = parse(permalink);
  if (url === null) return null;
  const isSlack = url.protocol === 'https:' && url.port === '' && SLACK_HOST.test(url.hostname);
  return isSlack || LOOPBACK_HOSTS.includes(url.hostname) ? url.href : null;
}

const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/;
const EVENT_ID = /^[0-9a-fA-F-]{20,64}$/;

/** One CloudTrail record in the AWS console. `consoleUrl` is the partition's console; null: no link. */
export function recordLink(
  consoleUrl: string | null,
  record: { readonly region: string; readonly eventId: string },
): string | null {
  const host = consoleHost(consoleUrl);
  if (host === null || !REGION.test(record.region) || !EVENT_ID.test(record.eventId)) return null;
  return `https://${record.region}.${host}/cloudtrailv2/home?region=${record.region}#/events/${record.eventId}`;
}

/** One alarm in the AWS console. */
export function alarmLink(
  consoleUrl: string | null,
  alarm: { readonly region: string; readonly name: string },
): string | null {
  const host = consoleHost(consoleUrl);
  if (host === null || !REGION.test(alarm.region)) return null;
  const name = encodeURIComponent(alarm.name.toWellFormed());
  const url = `https://${alarm.region}.${host}/cloudwatch/home?region=${alarm.region}#alarmsV2:alarm/${name}`;
  return url.length > URL_CHARACTERS_MAX ? null : url;
}

/** A runbook or dashboard that the team's own playbook names; https only. */
export function runbookLink(address: string): string | null {
  const url = parse(address);
  return url?.protocol === 'https:' ? url.href : null;
}

function consoleHost(consoleUrl: string | null): string | null {
  const url = parse(consoleUrl);
  return CONSOLE_HOSTS.find((host) => host === url?.hostname) ?? null;
}

function parse(text: string | null): URL | null {
  if (text === null || text.length > URL_CHARACTERS_MAX) return null;
  const url = URL.parse(text);
  const isWeb = url !== null && (url.protocol === 'https:' || url.protocol === 'http:');
  return isWeb && url.username === '' && url.password === '' ? url : null;
}
