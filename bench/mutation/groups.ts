export interface MutationGroup {
  /** Source files whose mutants must be found. */
  readonly mutate: readonly string[];
  /** Test files that have to find them. */
  readonly tests: readonly string[];
}

/** The parts where a mistake costs most; each is judged by its own tests alone. */
export const MUTATION_GROUPS = {
  decide: {
    mutate: [
      'src/domain/incident/decide*.ts',
      '!src/domain/incident/decide-redaction.ts',
      'src/domain/incident/{command-rules,available-actions,close-gate}.ts',
    ],
    // Not those that play random incidents: they find a little more, and take a day for it.
    tests: [
      'test/domain/incident/decide-*.test.ts',
      'test/domain/incident/{approval,available-actions,close-gate,fix-writes}.test.ts',
      'test/domain/incident/{inquiry,likelihood-now,process-facts,ranking-news}.test.ts',
      'test/domain/incident/{statement,straight-path,suggested-start}.test.ts',
      'test/slack/forms/close-gate.test.ts',
    ],
  },
  authorisation: {
    mutate: ['src/domain/access/*.ts', 'src/slack/access/*.ts', 'src/domain/incident/approval.ts'],
    tests: [
      'test/domain/access/*.test.ts',
      'test/slack/access/*.test.ts',
      'test/domain/incident/approval.test.ts',
    ],
  },
  redaction: {
    mutate: [
      'src/domain/text/redact.ts',
      'src/domain/incident/{redact-record,decide-redaction}.ts',
      'src/domain/trail/kept-text.ts',
    ],
    tests: [
      'test/domain/text/redact.test.ts',
      'test/domain/incident/{redact-record,decide-redaction}.test.ts',
      'test/domain/trail/kept-text.test.ts',
    ],
  },
  // The same part as `redaction`: what of a record is kept at all.
  'allow-list': {
    mutate: ['src/domain/trail/{reduce-record,parameter-leaves,shown-fields}.ts'],
    tests: [
      'test/domain/trail/{parameter-leaves,reduce-record,reduced-parts,shown-fields}.test.ts',
      'test/domain/trail/{issued-key,service-event,switch-role}.test.ts',
      'test/aws/cloudtrail/categories.test.ts',
    ],
  },
  untrusted: {
    mutate: [
      'src/domain/untrusted.ts',
      'src/domain/text/{markdown-text,cut-text,mentions}.ts',
      'src/slack/blocks/{text,characters,fit-text,links}.ts',
      'src/slack/{captured-text,typed-text}.ts',
    ],
    tests: [
      'test/domain/text/{markdown-text,cut-text}.test.ts',
      'test/slack/blocks/{text,fit-text,characters,links}.test.ts',
      'test/slack/{captured-text,typed-text}.test.ts',
    ],
  },
  grammar: {
    mutate: [
      'src/domain/trail/query/{parse-query,query-error,question-words,describe-query,verbs}.ts',
      'src/domain/trail/query/{read-place,read-thing,read-window,classify-thing,address}.ts',
      'src/domain/trail/query/{query,name-hint}.ts',
      'src/domain/time/parse-when.ts',
      'src/domain/triage/parse-triage.ts',
    ],
    tests: [
      'test/domain/trail/query/{address,describe-query,parse-edges,parse-query}.test.ts',
      'test/domain/trail/query/{query-facts,read-words,verbs}.test.ts',
      'test/domain/time/parse-when.test.ts',
      'test/domain/triage/{parse-triage,triage-refusals}.test.ts',
    ],
  },
} as const satisfies Readonly<Record<string, MutationGroup>>;
