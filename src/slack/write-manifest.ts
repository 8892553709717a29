import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestText } from './manifest-text.ts';

/** `npm run manifest`: what a person pastes into Slack, beside the README. */
writeFileSync(join(import.meta.dirname, '../../manifest.yml'), manifestText());
