import { describe, expect, it } from 'vitest';
import { createPictureSource } from '../../../src/aws/cloudwatch/picture-source.ts';
import { aMetric, ONSET_MS } from '../../domain/graph/builders.ts';
import { MOCK_URL, mockHttp, promiseAws } from '../../support/http.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { anAwsSide, asker, neverAborted } from '../support.ts';

mockHttp();

const request = {
  target: { accountId: null, region: 'eu-west-1' },
  asker,
  metric: aMetric(),
  graph: {
    title: 'a metric',
    points: [],
    periodMs: 60_000,
    fromMs: ONSET_MS - 3_600_000,
    toMs: ONSET_MS,
    threshold: null,
    marks: [],
  },
};

const BEGINNING = '89504e470d0a1a0a0000000d49484452';
const END = '0000000049454e44ae426082';

function aPicture({ width = 560, height = 360, bytes = 100, end = END } = {}): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  const [begin, close] = [Buffer.from(BEGINNING, 'hex'), Buffer.from(end, 'hex')];
  return Buffer.concat([begin, size, Buffer.alloc(bytes), close]);
}

async function answered(image: unknown) {
  const { clients } = await anAwsSide({ endpoint: MOCK_URL, attemptsMax: 1 });
  const clock = { nowMs: () => ONSET_MS };
  const pictures = createPictureSource({ clients, log: createKeptLog(), clock });
  promiseAws('GetMetricWidgetImage', { body: { MetricWidgetImage: image } });
  return pictures.drawMetric(request, neverAborted());
}

describe('an answer with a picture', () => {
  it('is taken when it is a whole PNG', async () => {
    const png = aPicture();

    const reading = await answered(png.toString('base64'));

    expect(reading).toMatchObject({ kind: 'picture' });
  });

  it.each([
    ['no PNG', Buffer.from('<html>Try again later</html>'.padEnd(200))],
    ['nothing', Buffer.alloc(0)],
    ['cut off', aPicture({ end: '' })],
    ['too wide', aPicture({ width: 2_001 })],
    ['of no height', aPicture({ height: 0 })],
    ['too large', aPicture({ bytes: 2_000_000 })],
  ])('is none when it is %s', async (_what, image) => {
    const reading = await answered(image.toString('base64'));

    expect(reading).toEqual({ kind: 'none', explanation: expect.stringContaining('picture') });
  });

  it.each([null, 17, 'not base64 at all ✗'])('is none when the picture is %j', async (image) => {
    expect((await answered(image)).kind).toBe('none');
  });
});
