import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGraph, type GraphInput } from '../../../src/domain/graph/build-graph.ts';
import { aMetric, anAlarm, everyMinute, MINUTE_MS, ONSET_MS } from './builders.ts';

const window = { fromMs: ONSET_MS - 3 * MINUTE_MS, toMs: ONSET_MS + 3 * MINUTE_MS };

function anInput(changes: Partial<GraphInput> = {}): GraphInput {
  return {
    alarm: anAlarm(),
    metric: aMetric(),
    onsetMs: ONSET_MS,
    window,
    points: everyMinute(window.fromMs, [1, 0, 2, 247, 203, 250]),
    changes: [],
    solutionAtMs: null,
    ...changes,
  };
}

describe('what a graph shows', () => {
  it('has the threshold as a line, and marks the onset and when the alarm went off', () => {
    const { graph } = buildGraph(anInput({ alarm: anAlarm({ transitionedAtMs: ONSET_MS + 1 }) }));
    expect(graph).toMatchObject({
      title: 'HTTPCode_ELB_5XX_Count (Sum per 1 min)',
      threshold: { value: 10, label: 'alarm above 10' },
      marks: [
        { kind: 'onset', atMs: ONSET_MS, label: 'onset 10:42' },
        { kind: 'alarm', atMs: ONSET_MS + 1, label: 'ALARM 10:42' },
      ],
    });
  });

  it('says the same in words', () => {
    expect(buildGraph(anInput()).sentences).toBe(
      'Sum per 1 min in eu-west-1, from 2026-10-14 10:39 to 10:45 UTC. The alarm goes off above 10. First breach at 10:42 (247). Highest: 250 at 10:44.',
    );
  });

  it('marks where the row of breaches began, earlier than the alarm says', () => {
    const points = everyMinute(window.fromMs, [1, 30, 20, 247, 203, 250]);
    const { graph, sentences } = buildGraph(anInput({ points }));
    expect(graph.marks[0]).toMatchObject({ atMs: ONSET_MS - 2 * MINUTE_MS, label: 'onset 10:40' });
    expect(sentences).toContain('First breach at 10:40 (30).');
  });

  it('takes no earlier breach that was over for the onset', () => {
    const points = everyMinute(window.fromMs, [99, 99, 2, 247, 203, 250]);
    expect(buildGraph(anInput({ points })).graph.marks[0]?.atMs).toBe(ONSET_MS);
  });

  it('takes the last datapoint for the breach where the alarm found it within its period', () => {
    const metric = aMetric({ periodSeconds: 300 });
    const points = [1, 2, 247].map((value, index) => ({
      atMs: window.fromMs + (index - 2) * 5 * MINUTE_MS,
      value,
    }));
    const { sentences } = buildGraph(anInput({ metric, points }));
    expect(sentences).toContain('First breach at 10:39 (247).');
  });

  it('looks downwards for an alarm on low values', () => {
    const alarm = anAlarm({ comparison: 'LessThanThreshold', threshold: 1 });
    const points = everyMinute(window.fromMs, [2, 3, 1, 0, 0, 1]);
    const { sentences } = buildGraph(anInput({ alarm, points }));
    expect(sentences).toContain('The alarm goes off below 1. First breach at 10:42 (0). Lowest: 0');
  });

  it('draws no threshold for a part of what the alarm computes, and says why', () => {
    const { graph, sentences } = buildGraph(anInput({ metric: aMetric({ isPart: true }) }));
    expect(graph.threshold).toBeNull();
    expect(graph.marks[0]?.label).toBe('onset 10:42');
    expect(sentences).toContain('compares something computed from this metric');
  });

  it.each([
    'LessThanLowerOrGreaterThanUpperThreshold',
    null,
    'constructor',
  ])('draws no threshold for the comparison %s', (comparison) => {
    const { graph, sentences } = buildGraph(anInput({ alarm: anAlarm({ comparison }) }));
    expect(graph.threshold).toBeNull();
    expect(sentences).toContain('the alarm has no fixed one. Onset at 10:42.');
  });

  it('says how much is missing', () => {
    const points = [...everyMinute(ONSET_MS, [247, 203])];
    expect(buildGraph(anInput({ points })).sentences).toContain(
      'No data in 4 of 6 periods, left empty.',
    );
  });

  it('claims no breach where none is among the datapoints', () => {
    const points = everyMinute(window.fromMs, [1, 2, 3, 4, 5, 6]);
    expect(buildGraph(anInput({ points })).sentences).toContain('None of the datapoints');
  });

  it('names the days where the window has two', () => {
    const onsetMs = Date.parse('2026-10-15T00:01:00Z');
    const over = { fromMs: onsetMs - 3 * MINUTE_MS, toMs: onsetMs + 3 * MINUTE_MS };
    const points = everyMinute(over.fromMs, [1, 0, 2, 247, 203, 250]);
    const { sentences } = buildGraph(anInput({ onsetMs, window: over, points }));
    expect(sentences).toContain('from 2026-10-14 23:58 to 2026-10-15 00:04 UTC');
    expect(sentences).toContain('First breach at 2026-10-15 00:01 (247)');
  });

  it('marks changes with the numbers of their hypotheses, and says how long before the onset', () => {
    const changes = [
      { number: 2, atMs: ONSET_MS - 2 * MINUTE_MS },
      { number: 5, atMs: ONSET_MS - 20_000 },
      { number: 7, atMs: ONSET_MS + 2 * MINUTE_MS },
    ];
    const { graph, sentences } = buildGraph(anInput({ changes }));
    expect(graph.marks.slice(2)).toEqual([
      { kind: 'change', atMs: ONSET_MS - 2 * MINUTE_MS, label: '2' },
      { kind: 'change', atMs: ONSET_MS - 20_000, label: '5' },
      { kind: 'change', atMs: ONSET_MS + 2 * MINUTE_MS, label: '7' },
    ]);
    expect(sentences).toContain(
      'Changes by number on the board: 2 at 10:40, 2 min before the onset; 5 at 10:41, in the minute before the onset; 7 at 10:44, 2 min after the onset.',
    );
  });

  it('says of a change that the picture has no room for where it would be', () => {
    const changes = [{ number: 1, atMs: ONSET_MS - 10 * 60 * MINUTE_MS }];
    const { graph, sentences } = buildGraph(anInput({ changes }));
    expect(graph.marks.map(({ kind }) => kind)).not.toContain('change');
    expect(sentences).toContain(
      'Change by number on the board: 1 at 00:42, 10 h 00 min before the onset (before the picture begins).',
    );
  });

  it.each([
    ['nothing breached again', [1, 0, 2, 247, 3, 2], 'no datapoint has breached since; newest 2'],
    [
      'it went on',
      [1, 0, 2, 247, 203, 250],
      '2 of 2 datapoints since then breach, the last at 10:44; newest 250',
    ],
  ])('marks the solution, and says that %s', (_what, values, words) => {
    const points = everyMinute(window.fromMs, values);
    const solutionAtMs = ONSET_MS + 30_000;
    const { graph, sentences } = buildGraph(anInput({ points, solutionAtMs }));
    expect(graph.marks).toContainEqual({
      kind: 'solution',
      atMs: solutionAtMs,
      label: 'solution 10:42',
    });
    expect(sentences).toContain(`Solution in place at 10:42: ${words} at 10:44.`);
  });

  it('says that nothing is known since the solution when no datapoint has come', () => {
    const solutionAtMs = ONSET_MS + 3 * MINUTE_MS;
    expect(buildGraph(anInput({ solutionAtMs })).sentences).toContain(
      'Solution in place at 10:45; no datapoints since then.',
    );
  });

  it('takes the onset from the alarm where the datapoints could not be read', () => {
    const { graph, sentences } = buildGraph(anInput({ points: [] }));
    expect(graph.marks[0]).toMatchObject({ kind: 'onset', atMs: ONSET_MS });
    expect(sentences).toBe(
      'Sum per 1 min in eu-west-1, from 2026-10-14 10:39 to 10:45 UTC. The alarm goes off above 10. Onset at 10:42, as the alarm has it.',
    );
  });

  it('claims no first breach in a picture that begins after the onset', () => {
    const later = { fromMs: ONSET_MS + MINUTE_MS, toMs: ONSET_MS + 3 * MINUTE_MS };
    const points = everyMinute(later.fromMs, [203, 250]);
    const { graph, sentences } = buildGraph(anInput({ window: later, points }));
    expect(graph.marks.map(({ kind }) => kind)).toEqual(['alarm']);
    expect(sentences).toContain('Onset at 10:42, before the picture begins.');
  });

  it('holds nothing that somebody outside could have written', () => {
    const outside = fc.string({ unit: 'binary', minLength: 12, maxLength: 255 });
    fc.assert(
      fc.property(outside, (name) => {
        const hostile = anAlarm({ name: name as never, stateReason: name as never });
        const { graph, sentences } = buildGraph(anInput({ alarm: hostile }));
        expect(JSON.stringify([graph, sentences])).not.toContain(JSON.stringify(name).slice(1, -1));
      }),
    );
  });
});
