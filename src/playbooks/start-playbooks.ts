import type { Playbook } from '../domain/playbook/playbook.ts';
import type { Logger } from '../ports.ts';
import { loadPlaybooks } from './load-playbooks.ts';

export interface StartedPlaybooks {
  readonly playbooks: readonly Playbook[];
  /** Sentences for whoever starts the bot: what was left out or replaced. */
  readonly notes: readonly string[];
}

/** Loads the playbooks and says what was wrong with them; a broken one never stops the bot. */
export function startPlaybooks(teamFolder: string | null, log: Logger): StartedPlaybooks {
  const { playbooks, problems, replaced } = loadPlaybooks({ teamFolder });
  for (const { file, line, reason } of problems) {
    log.warn('a playbook was refused', { file, line, reason });
  }
  for (const { id, file } of replaced) log.info('a shipped playbook was replaced', { id, file });
  log.info('playbooks are loaded', { ids: playbooks.map(({ id }) => id).join(' ') });
  return {
    playbooks,
    notes: [
      ...problems.map(({ file, line, reason }) => {
        const place = line === null ? file : `${file}:${line}`;
        return `playbook left out: ${place}: ${reason}`;
      }),
      ...replaced.map(({ id, file }) => `playbook ${id}: ${file} stands for the shipped one`),
    ],
  };
}
