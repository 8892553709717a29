import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { generateCheckout5xx } from '../../../src/simulator/incidents/generate-checkout-5xx.ts';
import { generateMonthlyBill } from '../../../src/simulator/incidents/generate-monthly-bill.ts';
import { generateSshTimeout } from '../../../src/simulator/incidents/generate-ssh-timeout.ts';
import { generateStolenKey } from '../../../src/simulator/incidents/generate-stolen-key.ts';
import type { IncidentFiles } from '../../../src/simulator/incidents/generator/incident-files.ts';
import { runCommand } from '../../support/run-command.ts';

const GENERATORS: Readonly<Record<string, () => IncidentFiles>> = {
  'checkout-5xx': generateCheckout5xx,
  'ssh-timeout': generateSshTimeout,
  'stolen-key': generateStolenKey,
  'monthly-bill': generateMonthlyBill,
};

const expectation = z.union([
  z.strictObject({ none: z.literal(true) }),
  z.strictObject({
    eventId: z.string(),
    actorContains: z.string(),
    actorKind: z.string().optional(),
  }),
]);
const incidentSchema = z.looseObject({
  at: z.string(),
  account: z.string(),
  region: z.string(),
  truth: z.strictObject({
    guilty: z.array(z.string()).min(1),
    actor: z.string(),
    // Whose hands a stolen key is in, nobody can know.
    actorKind: z.string().optional(),
    onset: z.string(),
    // Where days lie between cause and alarm, nobody should be sure: then it is "possible".
    confidence: z.string().optional(),
  }),
  who: z.array(z.strictObject({ query: z.string(), expect: expectation })).min(3),
});

const found = z.looseObject({
  onset: z.string(),
  hypotheses: z.array(
    z.looseObject({
      confidence: z.string(),
      eventIds: z.array(z.string()),
      actor: z.looseObject({ label: z.string(), kind: z.string() }).nullable(),
    }),
  ),
});
const answered = z.looseObject({
  answer: z
    .looseObject({
      eventId: z.string(),
      actor: z.looseObject({ label: z.string(), kind: z.string() }),
    })
    .nullable(),
});

const folderOf = (name: string) =>
  fileURLToPath(new URL(`../../../src/simulator/incidents/${name}/`, import.meta.url));

/** Every replayed incident carries the answers that are wanted: the same that people should find. */
describe.each(Object.entries(GENERATORS))('the incident %s', (name, generate) => {
  const folder = folderOf(name);
  const files = generate();
  const { at, account, region, truth, who } = incidentSchema.parse(
    JSON.parse(files['incident.json'] ?? ''),
  );
  const events = ['--events', `${folder}events.jsonl`, '--at', at];

  it.each(Object.entries(files))('has %s as the generator writes it', (file, text) => {
    expect(readFileSync(`${folder}${file}`, 'utf8')).toBe(text);
  });

  it('shows its cause first, and calls nothing else likely', async () => {
    const alarms = ['--alarms', `${folder}alarms.json`, '--history', `${folder}history.json`];
    const place = ['--account', account, '--region', region];
    const { out } = await runCommand('investigate', ...events, ...alarms, ...place, '--json');
    const { hypotheses, onset } = found.parse(JSON.parse(out));
    const [first, ...others] = hypotheses;
    expect(first?.confidence).toBe(truth.confidence ?? 'likely');
    expect(others.map(({ confidence }) => confidence)).not.toContain('likely');
    expect(truth.guilty.filter((id) => first?.eventIds.includes(id))).not.toEqual([]);
    expect(first?.actor?.label).toContain(truth.actor);
    expect([first?.actor?.kind, undefined]).toContain(truth.actorKind);
    expect(Date.parse(onset)).toBe(Date.parse(truth.onset));
  });

  it.each(who)('answers "$query"', async ({ query, expect: wanted }) => {
    const { out } = await runCommand('trail', ...events, '--json', query);
    const { answer } = answered.parse(JSON.parse(out));
    expect(wantedFrom(answer, wanted)).toEqual(wanted);
  });
});

/** The answer in the label's words, as far as the label goes. */
function wantedFrom(
  answer: z.infer<typeof answered>['answer'],
  wanted: z.infer<typeof expectation>,
): unknown {
  if (answer === null) return { none: true };
  const { label, kind } = answer.actor;
  const contained = 'none' in wanted ? null : wanted.actorContains;
  return {
    eventId: answer.eventId,
    actorContains: contained !== null && label.includes(contained) ? contained : label,
    ...('actorKind' in wanted && { actorKind: kind }),
  };
}
