import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeFolderWithAlarms, makeFolderWithRenamedAlarm } from '../support/e2e/alarm-folder.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import {
  notesOf,
  openedWithGraphs,
  picturesIn,
  playToVerification,
  sidesOf,
  uploadsTo,
} from '../support/e2e/graphs.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { until } from '../support/poll.ts';

const WAIT_MS = 500;
/** By its size a picture tells who drew it. */
const AWS_SIDES = [400, 300];
const OWN_SIDES = [900, 640];

interface Labelled {
  readonly label?: string;
}

/** Shows the graphs of the first gathering once more, as a worker does that finds the item again. */
async function graphAgain(world: BotWorld, incidentId: string): Promise<void> {
  const [gathering] = (await stateOf(world, incidentId)).gatherings;
  const { gatheringId = '' } = gathering ?? {};
  const work = { kind: 'graph', incidentId, gatheringId } as const;
  await world.store().schedule([{ workId: 'graph-again', dueAtMs: Date.now(), work }], null);
  await untilQuiet(world);
}

describe('the graphs of an incident', () => {
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld({
      world: {
        seed: roomsSeed(
          ...['shown', 'numbered', 'unread', 'drawn', 'denied'],
          ...['lost', 'killed', 'limited'],
        ),
      },
      pauses: { unknownOutcomeWaitMs: WAIT_MS },
    });
  });
  afterEach(() => {
    world.demo.aws.faults.clear();
    world.demo.workspace.faults.clear();
  });
  afterAll(() => world.close());

  it('are pictures in its thread, with the same in words', async () => {
    const ana = world.person('ana', 'shown');
    const { incidentId, rootTs } = await openedWithGraphs(world, ana);

    const pictures = await until('both pictures', () => {
      const found = picturesIn(ana, rootTs);
      return found.length === 2 && found;
    });

    const texts = pictures.map(({ text }) => text);
    expect(texts[0]).toMatch(
      /^`checkout-5xx`: `HTTPCode_ELB_5XX_Count`, Sum per 1 min in eu-west-1, from .* UTC\. The alarm goes off above 10\. First breach at .*\(247\)\. Highest: 250/,
    );
    expect(texts[1]).toMatch(/^`checkout-healthy-hosts`: .*below 1.*Lowest: 0/);
    const [file] = pictures.flatMap(({ files }) => files);
    expect(file?.title).toBe('checkout-5xx: HTTPCode_ELB_5XX_Count');
    expect(await sidesOf(world, pictures)).toEqual([AWS_SIDES, AWS_SIDES]);
    expect(await notesOf(world, incidentId)).toEqual([]);
  });

  it('have the changes of the hypotheses by their numbers, once these are ranked', async () => {
    const ana = world.person('ana', 'numbered');
    const { incidentId, rootTs } = await openedWithGraphs(world, ana);

    const [picture] = await until('the pictures', () => {
      const found = picturesIn(ana, rootTs);
      return found.length === 2 && found;
    });

    const { hypotheses } = await stateOf(world, incidentId);
    const stopped = hypotheses.find(({ statement }) => statement.includes('noor.haddad'));
    expect(picture?.text).toMatch(
      new RegExp(
        // Across midnight a time has its date.
        `by number on the board: .*\\b${stopped?.number} at (?:[\\d-]+ )?\\d\\d:\\d\\d, in the minute before the onset`,
      ),
    );
    const widgets = world.demo.aws.calls
      .filter(({ operation }) => operation === 'GetMetricWidgetImage')
      .map(({ parameters }) => JSON.parse(String(parameters['MetricWidget'])));
    const labels = widgets.at(-1).annotations.vertical.map(({ label }: Labelled) => label);
    expect(labels.join(', ').split(', ')).toContain(String(stopped?.number));
  });

  it('are in words and as AWS draws them where the bot may not read the datapoints', async () => {
    world.demo.aws.faults.deny('GetMetricData');
    const ana = world.person('ana', 'unread');
    const { rootTs } = await openedWithGraphs(world, ana);

    const pictures = await until('both pictures', () => {
      const found = picturesIn(ana, rootTs);
      return found.length === 2 && found;
    });

    expect(pictures[0]?.text).toMatch(/alarm goes off above 10\. Onset at .*GetMetricData/);
    expect(await sidesOf(world, pictures)).toEqual([AWS_SIDES, AWS_SIDES]);
  });

  it('are drawn here where AWS may not be asked for them, which is tried once', async () => {
    world.demo.aws.faults.deny('GetMetricWidgetImage');
    const ana = world.person('ana', 'drawn');
    const before = world.demo.aws.calls.length;
    const { incidentId, rootTs } = await openedWithGraphs(world, ana);

    const pictures = await until('both pictures', () => {
      const found = picturesIn(ana, rootTs);
      return found.length === 2 && found;
    });

    expect(await sidesOf(world, pictures)).toEqual([OWN_SIDES, OWN_SIDES]);
    const calls = world.demo.aws.calls.slice(before).map(({ operation }) => operation);
    expect(calls.filter((name) => name === 'GetMetricWidgetImage')).toHaveLength(1);
    expect(await notesOf(world, incidentId)).toEqual([]);
  });

  it('are not shown where the bot may read nothing of metrics, and one line says so', async () => {
    world.demo.aws.faults.deny('GetMetricData');
    world.demo.aws.faults.deny('GetMetricWidgetImage');
    const ana = world.person('ana', 'denied');
    const { incidentId, rootTs } = await openedWithGraphs(world, ana);

    const line = await ana.seeMessage(/No graphs\..*cloudwatch:GetMetricData/);

    expect(line.threadTs).toBe(rootTs);
    expect(await notesOf(world, incidentId)).toHaveLength(1);
    expect(picturesIn(ana, rootTs)).toEqual([]);
  });

  it('are there once when the answer to an upload is lost', async () => {
    const { faults } = world.demo.workspace;
    faults.nextCalls('files.completeUploadExternal', { kind: 'drop-reply' }, 1);
    const ana = world.person('ana', 'lost');
    const { rootTs } = await openedWithGraphs(world, ana);

    await until('both pictures', () => picturesIn(ana, rootTs).length > 1);
    await untilQuiet(world);
    expect(uploadsTo(world, rootTs)).toBe(2);
  });

  it('are there once after Slack asked for a pause', async () => {
    const { faults } = world.demo.workspace;
    const pause = { kind: 'rate-limit', retryAfterSeconds: 1 } as const;
    faults.nextCalls('files.getUploadURLExternal', pause, 2);
    const ana = world.person('ana', 'limited');
    const { rootTs } = await openedWithGraphs(world, ana);

    await until('both pictures', () => picturesIn(ana, rootTs).length > 1);
    await untilQuiet(world);
    expect(uploadsTo(world, rootTs)).toBe(2);
  });

  it('are there once when the bot is stopped between uploading and noting it', async () => {
    const ana = world.person('ana', 'killed');
    const { incidentId, rootTs } = await openedWithGraphs(world, ana);
    await until('both pictures', () => picturesIn(ana, rootTs).length === 2);
    const rows = await world.store().readMessages(incidentId);
    const graphs = rows.filter(({ slot }) => slot.startsWith('graph-'));
    expect(graphs).toHaveLength(2);
    for (const row of graphs) await world.store().saveMessage({ ...row, ts: null, threadTs: null });

    await world.restartBot();
    await graphAgain(world, incidentId);

    expect(uploadsTo(world, rootTs)).toBe(2);
    const after = await world.store().readMessages(incidentId);
    const ids = after.filter(({ slot }) => slot.startsWith('graph-')).map(({ ts }) => ts);
    expect(ids).toEqual(graphs.map(({ ts }) => ts));
  });
});

describe('a solution that was verified', () => {
  it('has the graphs drawn once more, solution included', async () => {
    const world = await startBotWorld();
    try {
      const ana = world.person('ana');
      const { incidentId, rootTs } = await openedWithGraphs(world, ana);
      await until('both pictures', () => picturesIn(ana, rootTs).length === 2);

      await playToVerification(world, incidentId);

      const pictures = await until('the pictures after', () => {
        const found = picturesIn(ana, rootTs);
        return found.length === 4 && found;
      });
      expect(pictures[2]?.text).toMatch(
        /^`checkout-5xx`: `HTTPCode_ELB_5XX_Count`, as it stands at verification\. .*Solution in place at/,
      );
      expect(uploadsTo(world, rootTs)).toBe(4);
      expect(await notesOf(world, incidentId)).toEqual([]);
    } finally {
      await world.close();
    }
  });
});

describe('without an alarm that has a metric', () => {
  it.each([
    ['nothing is said when none is in ALARM', [], []],
    [
      'one line says why when it is a composite one',
      ['shop-down'],
      ['No graph. A composite alarm has no metric of its own.'],
    ],
  ])('%s', async (_what, composites, notes) => {
    const folder = await makeFolderWithAlarms(composites);
    const world = await startBotWorld({ world: { folder: folder.path } });
    try {
      const ana = world.person('ana');
      const { incidentId, rootTs } = await openedWithGraphs(world, ana);
      expect(await notesOf(world, incidentId)).toEqual(notes);
      expect(picturesIn(ana, rootTs)).toEqual([]);
    } finally {
      await world.close();
      await folder.remove();
    }
  });
});

describe('an alarm whose name somebody chose to do harm', () => {
  it('is quoted beside its graph, and nothing in it is markup', async () => {
    const name = '`<!channel> *b* <https://evil.example|x> \u202e&`'.padEnd(255, 'x');
    const folder = await makeFolderWithRenamedAlarm(name);
    const world = await startBotWorld({ world: { folder: folder.path } });
    try {
      const ana = world.person('ana');
      const { rootTs } = await openedWithGraphs(world, ana);
      const picture = await until('the graph', () =>
        picturesIn(ana, rootTs).find(({ text }) => text.includes('HTTPCode_ELB_5XX_Count')),
      );
      expect(picture.text).toMatch(/^`[^`<>]+…`: `HTTPCode_ELB_5XX_Count`, Sum/);
      expect(picture.text).toContain('&lt;!channel&gt;');
      expect(picture.text).toContain('\\u{202e}&amp;');
      expect(picture.files[0]?.title.length).toBeLessThan(200);
    } finally {
      await world.close();
      await folder.remove();
    }
  });
});
