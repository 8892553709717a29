import { z } from 'zod';
import { CHANGE_CLASSES } from '../domain/investigation/change-class.ts';
import { SYMPTOMS } from '../domain/investigation/symptom.ts';
import { withResource } from '../domain/playbook/check-results.ts';
import {
  type AlarmPattern,
  type Check,
  PLAYBOOK_LIMITS as LIMITS,
  PLAYBOOK_ID,
  type Playbook,
} from '../domain/playbook/playbook.ts';
import { parseQuery } from '../domain/trail/query/parse-query.ts';

/** One line to read; YAML's folded texts are as good as short ones. */
const textOf = (charactersMax: number) =>
  z
    .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'is not a text') })
    .transform((text) => text.replaceAll(/\s+/g, ' ').trim())
    .pipe(
      z
        .string()
        .min(1, 'is empty')
        .max(charactersMax, `is longer than ${charactersMax} characters`)
        .refine((text) => !/\p{Cc}/u.test(text), 'holds control characters'),
    );

const text = textOf(LIMITS.textCharactersMax);
const glob = textOf(LIMITS.patternCharactersMax);
const idText = z.string({
  error: ({ input }) => (input === undefined ? 'is missing' : 'is not a text'),
});
const id = idText.regex(
  PLAYBOOK_ID,
  `must be 1 to ${LIMITS.idCharactersMax} small letters, digits or hyphens, and begin with a letter`,
);

function listOf<S extends z.ZodType>(item: S, max: number) {
  const error = ({ input }: { readonly input?: unknown }) =>
    input === undefined ? 'is missing' : 'is not a list';
  return z.array(item, { error }).max(max, `has more than ${max} entries`);
}

const classes = listOf(
  z.enum(CHANGE_CLASSES, { error: 'is not a class of changes (docs/playbooks.md lists them)' }),
  LIMITS.classesMax,
);
const causes = listOf(id, LIMITS.hypothesesMax).default([]);

const pattern = z
  .strictObject({
    namespace: glob.optional(),
    metric: glob.optional(),
    symptom: z
      .enum(SYMPTOMS, { error: 'is not a symptom (docs/playbooks.md lists them)' })
      .optional(),
  })
  .refine((row) => Object.keys(row).length > 0, 'needs a namespace, a metric or a symptom')
  .transform(
    ({ namespace, metric, symptom }): AlarmPattern => ({
      namespace: namespace ?? null,
      metric: metric ?? null,
      symptom: symptom ?? null,
    }),
  );
const patterns = listOf(pattern, LIMITS.patternsMax);

/** It is asked as it stands, so /trail has to understand it. Which day it is makes no difference. */
const CONTEXT = {
  nowMs: Date.UTC(2026, 0, 1),
  timeZone: 'UTC',
  meaning: 'past',
  lookbackMaxMs: null,
} as const;

const question = text.refine(
  (asked) => parseQuery(withResource(asked, 'i-0abc123de'), CONTEXT).kind !== 'error',
  'is not a question that /trail understands',
);

const CHECK_KINDS = ['alarms', 'changes', 'trail', 'metric'] as const;

const check = z
  .strictObject({
    check: text,
    alarms: patterns.min(1, 'is empty').optional(),
    changes: classes.min(1, 'is empty').optional(),
    trail: question.optional(),
    metric: z.strictObject({ namespace: glob.optional(), name: glob }).optional(),
  })
  .refine(
    (row) => CHECK_KINDS.filter((kind) => row[kind] !== undefined).length <= 1,
    `can have one of ${CHECK_KINDS.join(', ')}, not several`,
  )
  .transform(({ check: words, alarms, changes, trail, metric }): Check => {
    if (alarms !== undefined) return { text: words, kind: 'alarms', patterns: alarms };
    if (changes !== undefined) return { text: words, kind: 'changes', classes: changes };
    if (trail !== undefined) return { text: words, kind: 'trail', question: trail };
    if (metric === undefined) return { text: words, kind: 'people' };
    const namespace = metric.namespace ?? null;
    return { text: words, kind: 'metric', namespace, metric: metric.name };
  });

const hypothesis = z
  .strictObject({
    id,
    cause: text,
    classes: classes.default([]),
    alarms: patterns.default([]),
    for: text,
    against: text,
  })
  .transform(({ for: speaksFor, against: speaksAgainst, alarms, ...others }) => ({
    ...others,
    patterns: alarms,
    speaksFor,
    speaksAgainst,
  }));

const test = z
  .strictObject({ test: text, of: causes })
  .transform(({ test: words, of }) => ({ text: words, causes: of }));

const solution = z
  .strictObject({ solution: text, of: causes, risk: text, mitigation: text, rollback: text })
  .transform(({ solution: words, of, ...others }) => ({ ...others, text: words, causes: of }));

const tag = z
  .record(textOf(LIMITS.tagKeyCharactersMax), glob, {
    error: 'is not a list of tags like service: checkout',
  })
  .refine(
    (pairs) => Object.keys(pairs).length <= LIMITS.linkTagsMax,
    `has more than ${LIMITS.linkTagsMax} tags`,
  );

const linkPatterns = listOf(glob, LIMITS.linkPatternsMax).default([]);
const link = z
  .strictObject({
    title: textOf(LIMITS.titleCharactersMax),
    url: z
      .string({ error: 'is not an address' })
      .max(LIMITS.urlCharactersMax, `is longer than ${LIMITS.urlCharactersMax} characters`)
      .refine(isSafeAddress, 'must be an https:// address without a user name in it'),
    alarms: linkPatterns,
    resources: linkPatterns,
    tag: tag.default({}),
  })
  .transform(({ tag: pairs, ...others }) => ({
    ...others,
    tags: Object.entries(pairs).map(([key, value]) => ({ key, value })),
  }));

function isSafeAddress(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === 'https:' && url.username === '' && url.password === '';
}

/** A playbook's file as people write it, ending in our own type. */
export const playbookSchema: z.ZodType<Playbook> = z
  .strictObject({
    id,
    title: textOf(LIMITS.titleCharactersMax),
    when: text,
    precedence: z
      .int('is not a whole number')
      .min(0, 'is below 0')
      .max(LIMITS.precedenceMax, `is above ${LIMITS.precedenceMax}`)
      .default(50),
    words: listOf(textOf(LIMITS.wordCharactersMax), LIMITS.wordsMax).default([]),
    alarms: patterns.default([]),
    questions: listOf(text, LIMITS.questionsMax).min(1, 'is empty'),
    checks: listOf(check, LIMITS.checksMax).min(1, 'is empty'),
    hypotheses: listOf(hypothesis, LIMITS.hypothesesMax).min(1, 'is empty'),
    tests: listOf(test, LIMITS.testsMax).min(1, 'is empty'),
    solutions: listOf(solution, LIMITS.solutionsMax).min(1, 'is empty'),
    verification: listOf(text, LIMITS.verificationMax).min(1, 'is empty'),
    prevention: listOf(text, LIMITS.preventionMax).min(1, 'is empty'),
    links: listOf(link, LIMITS.linksMax).default([]),
  })
  .check(({ value, issues }) => {
    const ids = value.hypotheses.map((row) => row.id);
    for (const [index, name] of ids.entries()) {
      if (ids.indexOf(name) === index) continue;
      const message = `is the id of two hypotheses: ${name}`;
      issues.push({ code: 'custom', input: name, message, path: ['hypotheses', index, 'id'] });
    }
    for (const list of ['tests', 'solutions'] as const) {
      for (const [index, { causes: named }] of value[list].entries()) {
        for (const [nth, name] of named.entries()) {
          if (ids.includes(name)) continue;
          const message = `is none of the hypotheses of this playbook: ${name}`;
          issues.push({ code: 'custom', input: name, message, path: [list, index, 'of', nth] });
        }
      }
    }
  })
  .transform(({ alarms, ...others }) => ({ ...others, patterns: alarms }));
