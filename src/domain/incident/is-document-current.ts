import type { IncidentState } from './state.ts';

/** Whether the published document tells the whole record: nothing came after it but its own publication. */
export function isDocumentCurrent(state: IncidentState): boolean {
  return state.publication !== null && state.version === state.publication.ofVersion + 1;
}
