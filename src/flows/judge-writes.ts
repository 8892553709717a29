import { type FixWrites, touchesPlan } from '../domain/incident/fix-writes.ts';
import type { Plan } from '../domain/incident/state.ts';
import { emailOf, mayBePerson } from '../domain/trail/email-of.ts';
import type { TrailRecord } from '../domain/trail/record.ts';
import type { Directory } from '../ports.ts';

const EMAILS_MAX = 10;

/**
 * What touched what the plan names is in it. Only where it names nothing, what was done by whoever
 * reported it implemented counts as well: people do other things, too.
 */
export async function judgeWrites(
  people: Directory,
  plan: Plan,
  writes: readonly TrailRecord[],
): Promise<{ readonly fix: FixWrites; readonly isEveryoneKnown: boolean }> {
  const { emails, isEveryoneKnown } = await reporterEmails(people, plan, writes);
  const named = writes.filter((record) => touchesPlan(plan, record));
  const own = writes.filter(
    (record) => !named.includes(record) && emails.has(emailIn(record) ?? ''),
  );
  const { planId } = plan;
  // A plan that names nothing is touched by nothing.
  const namesNothing = plan.resources.length === 0;
  const inside = (namesNothing ? own : named).map(({ eventId }) => ({
    eventId,
    because: namesNothing ? ('person' as const) : ('resource' as const),
  }));
  const samePerson = namesNothing ? [] : own.map(({ eventId }) => eventId);
  return { fix: { planId, inside, samePerson }, isEveryoneKnown };
}

/** Which of the addresses belong to whoever reported it, as Slack knows people. */
async function reporterEmails(
  people: Directory,
  { implementedBy }: Plan,
  writes: readonly TrailRecord[],
) {
  const all = [...new Set(writes.flatMap((record) => emailIn(record) ?? []))];
  const asked = implementedBy?.kind === 'person' ? all.slice(0, EMAILS_MAX) : [];
  const found = await Promise.all(
    asked.map(async (email) => ({ email, person: await people.findByEmail(email) })),
  );
  const own = found.filter(
    ({ person }) =>
      person.kind === 'found' &&
      implementedBy?.kind === 'person' &&
      person.account.userId === implementedBy.userId,
  );
  return {
    emails: new Set(own.map(({ email }) => email)),
    isEveryoneKnown:
      asked.length === all.length && found.every(({ person }) => person.kind !== 'unknown'),
  };
}

function emailIn({ principal }: TrailRecord): string | null {
  return mayBePerson(principal) ? emailOf(principal.label, principal) : null;
}
