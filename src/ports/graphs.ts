import type { Graph } from '../domain/graph/graph.ts';

export interface GraphPainter {
  /** A PNG. Throws only for a defect. */
  paint(graph: Graph): Promise<Uint8Array>;
}
