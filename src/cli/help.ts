import { DEMO_INCIDENT_NAMES } from './demo-incidents.ts';

const OTHERS = DEMO_INCIDENT_NAMES.slice(1).join(', ');

const HELP = `redthread: incident triage for AWS in Slack

  redthread start          connect to Slack and work (settings: README.md, "Configuration")
  redthread demo           the bot in a local workspace in your browser, with replayed AWS data;
                           needs no accounts; --port N for the page, --data DIR to keep the sessions,
                           --alarm to have an alarm open the incident, --incident NAME for another
                           one than checkout-5xx: ${OTHERS}
  redthread doctor         look at everything the bot needs and say what to do; changes nothing; ends
                           with 1 when something failed, --json for JSON
  redthread export ID      print the document of an incident as Markdown (--json: as JSON)
  redthread audit          print who asked what and who was refused, oldest first, one JSON object a line;
                           --since TIME (like 30d or 2026-03-01)
  redthread redact ID --reason WHY
                           take the text on standard input out of the record of an incident
  redthread trail --events PATH "who stopped i-0abc since 3h"
                           answer from exported CloudTrail files: a file or folder of .json or .jsonl,
                           packed or not; --at TIME is "now" for the question, --json for JSON
  redthread investigate --events PATH --alarms FILE
                           rank the changes in those files as causes of what saved alarms show;
                           --history FILE of the alarms, --at TIME, --account ID, --region NAME, --json
  redthread help           this text

From a checkout: npm run -s redthread -- export RT-7K3F9
`;

export async function printHelp(_words: readonly string[]): Promise<void> {
  process.stdout.write(HELP);
}
