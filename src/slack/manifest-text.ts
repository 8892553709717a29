import { stringify } from 'yaml';
import { MANIFEST } from './manifest.ts';

const HEADING = `# Made by \`npm run manifest\` from src/slack/manifest.ts. Change it there.
# Paste this into https://api.slack.com/apps (Create New App, From a manifest).
`;

/** The text of manifest.yml. */
export function manifestText(): string {
  return `${HEADING}${stringify(MANIFEST, { lineWidth: 0 })}`;
}
