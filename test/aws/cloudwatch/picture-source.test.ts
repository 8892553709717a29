import { describe, expect, it } from 'vitest';
import { createPictureSource } from '../../../src/aws/cloudwatch/picture-source.ts';
import type { Graph } from '../../../src/domain/graph/graph.ts';
import { untrusted } from '../../../src/domain/untrusted.ts';
import type { PictureRequest } from '../../../src/ports.ts';
import { aMetric, MINUTE_MS } from '../../domain/graph/builders.ts';
import { atMs, startWorld, type World } from '../../simulator/aws/replay-support.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { anAwsSide, asker, neverAborted } from '../support.ts';

const FROM_MS = atMs - 60 * MINUTE_MS;
const PERMISSION = 'cloudwatch:GetMetricWidgetImage';

const graph: Graph = {
  title: 'HTTPCode_ELB_5XX_Count (Sum per 1 min)',
  points: [],
  periodMs: MINUTE_MS,
  fromMs: FROM_MS,
  toMs: atMs,
  threshold: { value: 10, label: 'alarm above 10' },
  marks: [
    { kind: 'onset', atMs: FROM_MS + 30 * MINUTE_MS, label: 'onset 10:26' },
    { kind: 'change', atMs: FROM_MS + 28 * MINUTE_MS, label: '1' },
    { kind: 'change', atMs: FROM_MS + 5 * MINUTE_MS, label: '2' },
  ],
};

function aRequest(region = 'eu-west-1', changes: Partial<PictureRequest> = {}): PictureRequest {
  return { target: { accountId: null, region }, asker, metric: aMetric(), graph, ...changes };
}

async function aWorld() {
  const Values = Array.from({ length: 60 }, (_, minute) => (minute < 30 ? 1 : 240));
  const series = {
    Region: 'eu-west-1',
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'HTTPCode_ELB_5XX_Count',
    Dimensions: [{ Name: 'LoadBalancer', Value: 'app/shop/1' }],
    Period: 60,
    From: new Date(FROM_MS).toISOString(),
    Values,
  };
  return startWorld({ metrics: [series] });
}

async function picturesAt(world: World, requestTimeoutMs = 8_000) {
  const endpoint = world.endpointUrl;
  const { clients } = await anAwsSide({ endpoint, attemptsMax: 1, requestTimeoutMs });
  return createPictureSource({
    clients,
    log: createKeptLog(),
    clock: { nowMs: () => world.clock.nowMs },
  });
}

const asked = (world: World) =>
  world.calls.filter(({ operation }) => operation === 'GetMetricWidgetImage');

describe("AWS's picture of a metric", () => {
  it('is a PNG of the metric with its threshold, the onset and the numbers of changes', async () => {
    const world = await aWorld();
    const pictures = await picturesAt(world);

    const reading = await pictures.drawMetric(aRequest(), neverAborted());

    expect(reading).toMatchObject({ kind: 'picture', png: expect.any(Uint8Array) });
    const [call] = asked(world);
    expect(JSON.parse(String(call?.parameters['MetricWidget']))).toMatchObject({
      metrics: [
        [
          'AWS/ApplicationELB',
          'HTTPCode_ELB_5XX_Count',
          'LoadBalancer',
          'app/shop/1',
          { stat: 'Sum', period: 60 },
        ],
      ],
      start: new Date(FROM_MS).toISOString(),
      end: new Date(atMs).toISOString(),
      timezone: '+0000',
      annotations: {
        horizontal: [{ value: 10, label: 'alarm above 10' }],
        vertical: [
          { value: new Date(FROM_MS + 5 * MINUTE_MS).toISOString(), label: '2' },
          // Close to each other, they share one label: AWS would write them over each other.
          { value: new Date(FROM_MS + 28 * MINUTE_MS).toISOString(), label: '1, onset 10:26' },
          { value: new Date(FROM_MS + 30 * MINUTE_MS).toISOString() },
        ],
      },
    });
  });

  it('names the account of a metric that another account owns', async () => {
    const world = await aWorld();
    const pictures = await picturesAt(world);
    const metric = aMetric({ ownerAccountId: '444455556666' });

    await pictures.drawMetric(aRequest('eu-west-1', { metric }), neverAborted());

    expect(String(asked(world)[0]?.parameters['MetricWidget'])).toContain('"444455556666"');
  });

  it('is not asked for again for an hour where it was refused, and elsewhere it is', async () => {
    const world = await aWorld();
    world.faults.deny('GetMetricWidgetImage', { region: 'eu-west-1' });
    const pictures = await picturesAt(world);

    const first = await pictures.drawMetric(aRequest(), neverAborted());
    world.faults.clear();
    world.clock.nowMs += 59 * MINUTE_MS;
    const again = await pictures.drawMetric(aRequest(), neverAborted());
    await pictures.drawMetric(aRequest('us-east-1'), neverAborted());

    expect([first, again]).toEqual([
      { kind: 'none', explanation: expect.stringContaining(PERMISSION) },
      { kind: 'none', explanation: expect.stringContaining(PERMISSION) },
    ]);
    expect(asked(world).map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-1']);
    world.clock.nowMs += 2 * MINUTE_MS;
    expect(await pictures.drawMetric(aRequest(), neverAborted())).toMatchObject({
      kind: 'picture',
    });
  });

  it.each([
    ['asked for fewer calls', 'throttle', 'AWS asked for fewer calls'],
    ['did not answer', 'hang', 'No answer from AWS'],
    ['broke off', 'cut-body', 'AWS'],
  ] as const)('is given up at once when AWS %s, and asked for again a minute later', async (_, kind, words) => {
    const world = await aWorld();
    world.faults.add({ kind, operation: 'GetMetricWidgetImage', times: 1 });
    const pictures = await picturesAt(world, 300);

    const first = await pictures.drawMetric(aRequest(), neverAborted());
    await pictures.drawMetric(aRequest(), neverAborted());

    expect(first).toEqual({ kind: 'none', explanation: expect.stringContaining(words) });
    expect(asked(world)).toHaveLength(1);
    world.clock.nowMs += MINUTE_MS;
    const patient = await picturesAt(world);
    expect(await patient.drawMetric(aRequest(), neverAborted())).toMatchObject({ kind: 'picture' });
  });

  it('is never asked for where CloudWatch draws none', async () => {
    const world = await aWorld();
    const pictures = await picturesAt(world);

    const reading = await pictures.drawMetric(aRequest('us-gov-west-1'), neverAborted());

    expect(reading.kind).toBe('none');
    expect(asked(world)).toEqual([]);
  });

  it('is none when a dimension would mean something else in a widget', async () => {
    const world = await aWorld();
    const pictures = await picturesAt(world);
    const metric = aMetric({ dimensions: [{ name: 'LoadBalancer', value: untrusted('.') }] });

    const reading = await pictures.drawMetric(aRequest('eu-west-1', { metric }), neverAborted());

    expect(reading.kind).toBe('none');
  });
});
