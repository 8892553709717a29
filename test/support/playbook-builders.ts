import type { Playbook } from '../../src/domain/playbook/playbook.ts';

export function aPlaybook(changes: Partial<Playbook> = {}): Playbook {
  return {
    id: 'downtime',
    title: 'Downtime',
    when: 'Users cannot reach the application.',
    precedence: 50,
    words: ['down'],
    patterns: [],
    questions: ['Who is affected?'],
    checks: [{ text: 'Look at the status page.', kind: 'people' }],
    hypotheses: [
      {
        id: 'network',
        cause: 'A rule is missing.',
        classes: ['network-closed'],
        patterns: [],
        speaksFor: 'It times out.',
        speaksAgainst: 'It is refused.',
      },
      {
        id: 'deploy',
        cause: 'A deployment broke it.',
        classes: ['deployed'],
        patterns: [{ namespace: null, metric: null, symptom: 'errors' }],
        speaksFor: 'It began with it.',
        speaksAgainst: 'The old version fails as well.',
      },
    ],
    tests: [{ text: 'Connect from outside.', causes: ['network'] }],
    solutions: [
      {
        text: 'Roll back.',
        causes: ['deploy'],
        risk: 'Data may not fit.',
        mitigation: 'One first.',
        rollback: 'Deploy again.',
      },
      {
        text: 'Put the rule back.',
        causes: ['network'],
        risk: 'It was removed on purpose.',
        mitigation: 'Ask who did it.',
        rollback: 'Remove it again.',
      },
    ],
    verification: ['Open the page.'],
    prevention: ['Alarm on it.'],
    links: [],
    ...changes,
  };
}
