import { GetMetricWidgetImageCommand } from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import type { Clock, PictureReading, PictureRequest, PictureSource } from '../../ports.ts';
import { type AnswerTrouble, explainTrouble } from '../answer-trouble.ts';
import type { AlarmDependencies } from './alarm-pages.ts';
import { metricWidget } from './metric-widget.ts';

const PERMISSION = 'cloudwatch:GetMetricWidgetImage';
const MINUTE_MS = 60_000;

const LIMITS = {
  /** The same can be drawn here at once: a slow answer is not worth more. */
  answerMaxMs: 5_000,
  bytesMax: 2_000_000,
  /** AWS draws no larger ones. */
  sidePxMax: 2_000,
  targetsMax: 500,
} as const;

/** For how long a place that gave no picture is not asked: it costs people time each time. */
const REST_MS = { denied: 60 * MINUTE_MS, otherwise: MINUTE_MS } as const;

const answerSchema = z.object({ MetricWidgetImage: z.instanceof(Uint8Array) });

export interface PictureDependencies extends AlarmDependencies {
  readonly clock: Clock;
}

interface Rest {
  readonly untilMs: number;
  readonly explanation: string;
}

/** CloudWatch's own graphs through GetMetricWidgetImage, which needs a permission of its own. */
export function createPictureSource(deps: PictureDependencies): PictureSource {
  const resting = new Map<string, Rest>();
  return {
    async drawMetric(request, signal) {
      const { accountId, region } = request.target;
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricWidgetImage.html
      if (region.startsWith('us-gov-')) return none(`CloudWatch draws nothing in ${region}.`);
      const place = `${accountId} ${region}`;
      const rest = resting.get(place);
      if (rest !== undefined && rest.untilMs > deps.clock.nowMs()) return none(rest.explanation);
      const answer = await ask(deps, request, signal);
      if (answer instanceof Uint8Array) return { kind: 'picture', png: answer };
      const { outcome, explanation } = answer;
      if (signal.aborted) return none(explanation);
      deps.log.info('AWS drew no graph', { region, outcome });
      const restMs = outcome === 'denied' ? REST_MS.denied : REST_MS.otherwise;
      if (resting.size >= LIMITS.targetsMax) resting.clear();
      resting.set(place, { untilMs: deps.clock.nowMs() + restMs, explanation });
      return none(explanation);
    },
  };
}

function none(explanation: string): PictureReading {
  return { kind: 'none', explanation };
}

async function ask(
  { clients }: PictureDependencies,
  { target, asker, metric, graph }: PictureRequest,
  signal: AbortSignal,
): Promise<Uint8Array | AnswerTrouble> {
  const command = new GetMetricWidgetImageCommand({ MetricWidget: metricWidget(metric, graph) });
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(LIMITS.answerMaxMs)]);
  try {
    const output = await clients.withCloudWatch({ target, asker }, (client) =>
      client.send(command, { abortSignal: inTime }),
    );
    const { MetricWidgetImage: png } = answerSchema.parse(output);
    if (isPicture(png)) return png;
    return { outcome: 'failed', explanation: "AWS's answer was not a picture that can be shown." };
  } catch (error) {
    return explainTrouble(error, { target, permission: PERMISSION, signal: inTime });
  }
}

const BEGINNING = '89504e470d0a1a0a0000000d49484452';
const END = '0000000049454e44ae426082';

/** A whole PNG of a size that was asked for; what is inside is up to who shows it. */
function isPicture(bytes: Uint8Array): boolean {
  const png = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (png.length < 45 || png.length > LIMITS.bytesMax) return false;
  const sides = [png.readUInt32BE(16), png.readUInt32BE(20)];
  return (
    png.subarray(0, 16).toString('hex') === BEGINNING &&
    png.subarray(-12).toString('hex') === END &&
    sides.every((side) => side >= 1 && side <= LIMITS.sidePxMax)
  );
}
