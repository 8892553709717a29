/** Bounds on everything a person or a gathering can put into one incident. Units last. */
export const LIMITS = {
  titleCharactersMax: 150,
  textCharactersMax: 3_000,
  shortTextCharactersMax: 300,
  notesMax: 500,
  capturedMessagesMax: 500,
  hypothesesMax: 40,
  testsPerHypothesisMax: 20,
  evidenceMax: 60,
  evidenceRecordsMax: 50,
  evidenceAlarmsMax: 50,
  evidenceTransitionsMax: 100,
  plansMax: 20,
  escalationsMax: 20,
  gatheringsMax: 50,
  preventiveMeasuresMax: 20,
  reopeningsMax: 20,
} as const;
