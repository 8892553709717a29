import type { HealthRoute } from './health.ts';
import { METRICS_CONTENT_TYPE, type Metrics } from './metrics.ts';

/** `/metrics`, on the port of the health checks. What cannot be looked up is left out. */
export function metricsRoute(
  metrics: Pick<Metrics, 'expose'>,
  sample: () => Promise<void>,
): HealthRoute {
  return {
    path: '/metrics',
    method: 'GET',
    handler: (_, response) => {
      const answer = () =>
        response.writeHead(200, { 'content-type': METRICS_CONTENT_TYPE }).end(metrics.expose());
      sample().then(answer, answer);
    },
  };
}
