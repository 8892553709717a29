import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { availableActions } from '../../../src/domain/incident/available-actions.ts';
import { missingForClose } from '../../../src/domain/incident/close-gate.ts';
import { fitsNow } from '../../../src/domain/incident/command-rules.ts';
import type { Decision, IncidentCommand } from '../../../src/domain/incident/commands.ts';
import { decide } from '../../../src/domain/incident/decide.ts';
import { buildDocument } from '../../../src/domain/incident/document.ts';
import type { Actor, RecordedEvent } from '../../../src/domain/incident/events.ts';
import { evolve } from '../../../src/domain/incident/evolve.ts';
import { LIMITS } from '../../../src/domain/incident/limits.ts';
import { foldEvents, record } from '../../../src/domain/incident/record.ts';
import { renderMarkdown } from '../../../src/domain/incident/render-markdown.ts';
import type { IncidentState } from '../../../src/domain/incident/state.ts';
import { buildTimeline } from '../../../src/domain/incident/timeline.ts';
import { anyMoves, commandFor, type Move } from '../../support/incident-arbitraries.ts';
import { ana, commands, OPENED_AT_MS, play, stateOf } from '../../support/incident-builders.ts';

interface Turn {
  readonly before: IncidentState;
  readonly command: IncidentCommand;
  readonly actor: Actor;
  readonly atMs: number;
  readonly decision: Decision;
  readonly after: IncidentState;
}

interface Run {
  readonly turns: readonly Turn[];
  readonly events: readonly RecordedEvent[];
  readonly state: IncidentState;
}

function commandOf(move: Move, state: IncidentState): IncidentCommand {
  if (move.kind === 'any') return move.command;
  const actions = availableActions(state);
  return commandFor(actions[move.index % actions.length]!, move.id, state);
}

/** Plays random moves on an opened incident, keeping every decision. */
function run(moves: readonly Move[]): Run {
  const events = [...play([[commands.open, ana]])];
  const turns: Turn[] = [];
  let state = stateOf(events);
  let atMs = OPENED_AT_MS;
  for (const move of moves) {
    atMs += move.waitMs;
    const { actor } = move;
    const command = commandOf(move, state);
    const decision = decide(state, command, actor, atMs);
    const decided = decision.kind === 'accepted' ? decision.events : [];
    const recorded = record(decided, { fromVersion: state.version, atMs, actor });
    const after = recorded.reduce<IncidentState>(evolve, state);
    events.push(...recorded);
    turns.push({ before: state, command, actor, atMs, decision, after });
    state = after;
  }
  return { turns, events, state };
}

function holds(check: (result: Run) => void): void {
  fc.assert(
    fc.property(anyMoves, (moves) => {
      check(run(moves));
    }),
    { numRuns: 150 },
  );
}

describe('any sequence of commands', () => {
  test('reaches every step, so that the properties below mean something', () => {
    const steps = new Set(
      fc
        .sample(anyMoves, { numRuns: 200, seed: 1 })
        .flatMap((moves) => run(moves).turns.map((turn) => turn.after.step)),
    );
    expect(steps.size).toBe(7);
  });

  test('gives gapless versions', () => {
    holds(({ events }) =>
      expect(events.map((row) => row.version)).toEqual(events.map((_, index) => index + 1)),
    );
  });

  test('gives a state that replaying the log gives again', () => {
    holds(({ events, state }) => expect(foldEvents(events)).toEqual(state));
  });

  test('keeps exactly one visit open, that of the current step', () => {
    holds(({ turns }) =>
      turns.forEach(({ after }) => {
        const open = after.visits.filter((visit) => visit.leftAtMs === null);
        expect(open.map((visit) => visit.step)).toEqual([after.step]);
        expect(after.visits.at(-1)?.leftAtMs).toBeNull();
      }),
    );
  });

  test('has at most one hypothesis under test', () => {
    holds(({ turns }) =>
      turns.forEach(({ after }) => {
        const testing = after.hypotheses.filter((row) => row.status === 'testing');
        expect(testing.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('confirms a hypothesis only by a test with a finding', () => {
    holds(({ turns }) =>
      turns
        .flatMap(({ after }) => after.hypotheses)
        .filter((row) => row.status === 'confirmed')
        .forEach((row) => {
          expect(row.tests.at(-1)?.verdict).toBe('confirmed');
          expect(row.tests.at(-1)?.finding).not.toBe('');
        }),
    );
  });

  test('never lets somebody approve the own plan, nor implements one that was not cleared', () => {
    holds(({ state }) =>
      state.plans.forEach((plan) => {
        expect(plan.approvedBy).not.toEqual(plan.by);
        const isCleared = plan.approvedBy !== null || plan.waivedReason !== null;
        expect(plan.implementedAtMs === null || isCleared).toBe(true);
      }),
    );
  });

  test('changes a closed incident only by what is allowed then', () => {
    const allowed = [
      'reopen-incident',
      'record-publication',
      'abandon-work',
      'redact-record',
      'finish-gathering',
      'record-alarm',
      'edit-document',
      'evaluate-process',
      'edit-captured-message',
      'release-captured-message',
    ];
    holds(({ turns }) =>
      turns
        .filter(
          ({ before, decision }) => before.status === 'closed' && decision.kind === 'accepted',
        )
        .forEach(({ command }) => {
          expect(allowed).toContain(command.type);
        }),
    );
  });

  test('rejects with a code and a sentence that ends in a period', () => {
    holds(({ turns }) =>
      turns.forEach(({ decision }) => {
        const sentence = decision.kind === 'rejected' ? decision.sentence : 'Accepted.';
        expect(sentence).toMatch(/^\S[\s\S]{6,}\.$/);
        expect(sentence.length).toBeLessThan(700);
      }),
    );
  });

  test('is decided the same way twice, without touching the state', () => {
    holds(({ turns }) =>
      turns.forEach(({ before, command, actor, atMs, decision }) => {
        const frozen = structuredClone(before);
        expect(decide(frozen, command, actor, atMs)).toEqual(decision);
        expect(frozen).toEqual(before);
      }),
    );
  });

  test('offers only actions that fit now', () => {
    const misfits = ['not-now', 'not-found', 'already-done', 'incident-closed', 'incident-open'];
    holds(({ turns }) => {
      for (const [turn, { after, atMs }] of turns.entries()) {
        const actions = availableActions(after);
        expect(actions.map((action) => action.primary)).toEqual(actions.map((_, i) => i === 0));
        for (const action of actions) {
          const command = commandFor(action, 2_000_000 + turn, after);
          const decision = decide(after, command, { kind: 'person', userId: 'UNEW' }, atMs);
          const code = decision.kind === 'rejected' ? decision.code : 'accepted';
          expect(misfits, `${action.command} in ${after.step}`).not.toContain(code);
        }
      }
    });
  });

  test('always has a way to add what the close gate misses', () => {
    holds(({ turns }) =>
      turns
        .filter(({ after }) => after.status === 'open')
        .flatMap(({ after }) => missingForClose(after).map((row) => ({ after, row })))
        .forEach(({ after, row }) => {
          expect(fitsNow(after, row.fix)).toBe(true);
        }),
    );
  });

  test('keeps every list and text within its limit', () => {
    holds(({ state }) => {
      expect(state.hypotheses.length).toBeLessThanOrEqual(LIMITS.hypothesesMax);
      expect(state.plans.length).toBeLessThanOrEqual(LIMITS.plansMax);
      expect(state.abandonedWork.length).toBeLessThanOrEqual(LIMITS.abandonedWorkMax);
      const texts = JSON.stringify(state).match(/"(?:[^"\\]|\\.)*"/g) ?? [];
      const longest = Math.max(...texts.map((text) => (JSON.parse(text) as string).length));
      expect(longest).toBeLessThanOrEqual(LIMITS.textCharactersMax + 1);
    });
  });

  test('can be told as a timeline in order and as a document, the same each time', () => {
    holds(({ events, state }) => {
      const times = buildTimeline(events).map((entry) => entry.atMs);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      const input = {
        state,
        events,
        names: new Map([['UANA', 'Ana']]),
        generatedAtMs: OPENED_AT_MS,
        permalinks: new Map<string, string>(),
      };
      const document = buildDocument(input);
      const markdown = renderMarkdown(document);
      expect(renderMarkdown(buildDocument(input))).toBe(markdown);
      for (const row of document.missing) {
        expect(markdown).toContain(`- Not recorded: ${row.name}.`);
      }
    });
  });
});
