import { AGENTS } from '../cast.ts';
import type { Recorder } from '../recorder.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { Sessions } from '../sessions.ts';
import { clock } from '../story-time.ts';

/** The function that was just deployed starts anew, and opens its log streams. */
export function writePricingStart(
  recorder: Recorder,
  sessions: Sessions,
  random: SeededRandom,
): void {
  const from = { address: '10.20.8.14', agent: AGENTS.node };
  const pricing = sessions.workload(
    clock('10:38:36'),
    'lambda',
    'pricing-quote-role',
    'pricing-quote',
    from,
  );
  for (let index = 0; index < 6; index += 1) {
    recorder.write(clock('10:38:40') + index * 7_000, pricing, {
      event: 'logs.CreateLogStream',
      request: {
        logGroupName: '/aws/lambda/pricing-quote',
        logStreamName: `2026/10/14/[118]${random.hex(32)}`,
      },
    });
  }
}
