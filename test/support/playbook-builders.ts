import { PLAYBOOK_LIMITS as LIMITS, type Playbook } from '../../src/domain/playbook/playbook.ts';

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

/** A playbook that holds as much as a file can. */
export function longestPlaybook(): Playbook {
  const text = '& <x> ü '.repeat(40).slice(0, LIMITS.textCharactersMax);
  const many = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, i) => make(i));
  const id = (index: number) => `cause-${index}`.padEnd(LIMITS.idCharactersMax, 'x');
  return aPlaybook({
    title: 'W'.repeat(LIMITS.titleCharactersMax),
    questions: many(LIMITS.questionsMax, () => text),
    checks: many(LIMITS.checksMax, () => ({ text, kind: 'trail', question: text })),
    hypotheses: many(LIMITS.hypothesesMax, (index) => ({
      id: id(index),
      cause: text,
      classes: ['network-closed'],
      patterns: [],
      speaksFor: text,
      speaksAgainst: text,
    })),
    tests: many(LIMITS.testsMax, (index) => ({ text, causes: [id(index)] })),
    solutions: many(LIMITS.solutionsMax, (index) => ({
      text,
      causes: [id(index)],
      risk: text,
      mitigation: text,
      rollback: text,
    })),
    verification: many(LIMITS.verificationMax, (index) => `${index} ${text.slice(2)}`),
    prevention: many(LIMITS.preventionMax, () => text),
    links: many(LIMITS.linksMax, () => ({
      title: 'W'.repeat(LIMITS.titleCharactersMax),
      url: `https://acme.slack.com/${'x'.repeat(LIMITS.urlCharactersMax - 25)}`,
      alarms: [],
      resources: [],
      tags: [],
    })),
  });
}
