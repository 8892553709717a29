import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PLAYBOOK_LIMITS, type Playbook } from '../domain/playbook/playbook.ts';
import { type PlaceAndReason, readPlaybook } from './read-playbook.ts';

export interface PlaybookProblem extends PlaceAndReason {
  readonly file: string;
}

export interface LoadedPlaybooks {
  /** By id; a team's own one stands for the shipped one with the same id. */
  readonly playbooks: readonly Playbook[];
  /** Files that are left out, and why. */
  readonly problems: readonly PlaybookProblem[];
  /** Ids of shipped playbooks that the team's own ones stand for. */
  readonly replaced: readonly { readonly id: string; readonly file: string }[];
}

interface FilePlaybook {
  readonly file: string;
  readonly playbook: Playbook;
}

const SHIPPED_FOLDER = fileURLToPath(new URL('./shipped', import.meta.url));

/** Reads the playbooks that come with Redthread, and those of the team; once, at the start. */
export function loadPlaybooks(options: {
  readonly shippedFolder?: string;
  /** Null: the team has none of its own. */
  readonly teamFolder: string | null;
}): LoadedPlaybooks {
  const problems: PlaybookProblem[] = [];
  const shipped = readFolder(options.shippedFolder ?? SHIPPED_FOLDER, problems);
  const own = options.teamFolder === null ? [] : readFolder(options.teamFolder, problems);
  const shippedIds = new Set(shipped.map(({ playbook }) => playbook.id));
  const byId = new Map([...shipped, ...own].map(({ playbook }) => [playbook.id, playbook]));
  return {
    playbooks: [...byId.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    problems,
    replaced: own
      .filter(({ playbook }) => shippedIds.has(playbook.id))
      .map(({ playbook, file }) => ({ id: playbook.id, file })),
  };
}

/** Files in the order of their names, so that of two with one id it is always the same that counts. */
function readFolder(folder: string, problems: PlaybookProblem[]): readonly FilePlaybook[] {
  const complain = (file: string, reason: string, line: number | null = null) =>
    problems.push({ file, line, reason });
  const names = listFolder(folder, complain);
  const found = new Map<string, FilePlaybook>();
  for (const name of names.slice(0, PLAYBOOK_LIMITS.filesMax)) {
    const file = join(folder, name);
    const playbook = readFile(file, complain);
    if (playbook === null) continue;
    const same = found.get(playbook.id);
    if (same === undefined) found.set(playbook.id, { file, playbook });
    else complain(file, `has the id ${playbook.id}, as ${same.file} has: give it another one`);
  }
  const more = names.length - PLAYBOOK_LIMITS.filesMax;
  if (more > 0)
    complain(folder, `holds ${more} more files than the ${PLAYBOOK_LIMITS.filesMax} that are read`);
  return [...found.values()];
}

type Complain = (file: string, reason: string, line?: number | null) => void;

function listFolder(folder: string, complain: Complain): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.ya?ml$/i.test(name))
      .toSorted();
  } catch (error) {
    complain(folder, `cannot be read: ${String((error as Error).message)}`);
    return [];
  }
}

function readFile(file: string, complain: Complain): Playbook | null {
  const text = readText(file, complain);
  if (text === null) return null;
  const reading = readPlaybook(text);
  if (reading.kind === 'playbook') return reading.playbook;
  for (const { line, reason } of reading.problems) complain(file, reason, line);
  return null;
}

function readText(file: string, complain: Complain): string | null {
  try {
    const stats = statSync(file);
    if (!stats.isFile()) {
      complain(file, 'is not a file');
      return null;
    }
    if (stats.size > PLAYBOOK_LIMITS.fileBytesMax) {
      complain(file, `is larger than ${PLAYBOOK_LIMITS.fileBytesMax} bytes`);
      return null;
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const isBinary = error instanceof TypeError;
    complain(
      file,
      isBinary ? 'is not UTF-8 text' : `cannot be read: ${String((error as Error).message)}`,
    );
    return null;
  }
}
