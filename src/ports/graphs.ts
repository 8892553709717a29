import type { AlarmMetric } from '../domain/alarm/alarm.ts';
import type { Graph } from '../domain/graph/graph.ts';
import type { Asker, AwsTarget } from './aws.ts';

export interface GraphPainter {
  /** A PNG. Throws only for a defect. */
  paint(graph: Graph): Promise<Uint8Array>;
}

export interface PictureRequest {
  readonly target: AwsTarget;
  readonly asker: Asker;
  readonly metric: AlarmMetric;
  /** Title, window, threshold and marks; AWS reads the datapoints itself. */
  readonly graph: Graph;
}

/** A PNG, or a sentence about why there is none. */
export type PictureReading =
  | { readonly kind: 'picture'; readonly png: Uint8Array }
  | { readonly kind: 'none'; readonly explanation: string };

/** Graphs as AWS draws them. Never throws for what AWS answers. */
export interface PictureSource {
  drawMetric(request: PictureRequest, signal: AbortSignal): Promise<PictureReading>;
}
