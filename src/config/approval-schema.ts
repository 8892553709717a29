import { z } from 'zod';
import { type ApprovalPolicy, DEFAULT_APPROVAL } from '../domain/incident/approval.ts';

const ENTITLED_MAX = 50;

const ENTITLED =
  'must be the Slack id of a person, like U0123ABCD, or of a user group, like S0123ABCD';

const rule = z.enum(['one-other', 'none'], {
  error: 'must be one-other (somebody else than the planner) or none',
});

const entitledId = z.string(ENTITLED).regex(/^[UWS][A-Z0-9]{2,20}$/, ENTITLED);

/** What a plan needs before it goes in, by severity; what is left out stays `one-other`. */
export const approvalSection = z.strictObject(
  {
    sev1: rule.optional(),
    sev2: rule.optional(),
    sev3: rule.optional(),
    sev4: rule.optional(),
    entitled: z
      .array(entitledId)
      .min(1, 'is empty: leave it out where anybody but the planner may approve')
      .max(ENTITLED_MAX)
      .optional(),
  },
  {
    error: ({ code }) =>
      code === 'invalid_type' ? 'must be a table as in "approval: {sev3: none}"' : undefined,
  },
);

export function settleApproval(section: z.infer<typeof approvalSection> = {}): ApprovalPolicy {
  const { rules } = DEFAULT_APPROVAL;
  return {
    rules: {
      sev1: section.sev1 ?? rules.sev1,
      sev2: section.sev2 ?? rules.sev2,
      sev3: section.sev3 ?? rules.sev3,
      sev4: section.sev4 ?? rules.sev4,
    },
    entitledIds: [...new Set(section.entitled ?? [])],
  };
}
