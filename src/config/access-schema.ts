import { z } from 'zod';
import { type AccessPolicy, OPEN_ACCESS } from '../domain/access/decide-access.ts';

const LIMITS = { channelsMax: 500, peopleMax: 500, groupsMax: 20 } as const;

const personId = z
  .string('must be the Slack id of a person, like U0123ABCD')
  .regex(/^[UW][A-Z0-9]{2,20}$/, 'must be the Slack id of a person, like U0123ABCD');
const groupId = z
  .string('must be the Slack id of a user group, like S0123ABCD')
  .regex(/^S[A-Z0-9]{2,20}$/, 'must be the Slack id of a user group, like S0123ABCD');

const EMPTY = 'is empty: leave it out where nobody is to be kept out';

/** Where the bot works, and for whom; what is left out stays open to full members. */
export const accessSection = (channelId: z.ZodType<string>) =>
  z.strictObject(
    {
      channels: z.array(channelId).min(1, EMPTY).max(LIMITS.channelsMax).optional(),
      people: z.array(personId).min(1, EMPTY).max(LIMITS.peopleMax).optional(),
      groups: z.array(groupId).min(1, EMPTY).max(LIMITS.groupsMax).optional(),
    },
    {
      error: ({ code }) =>
        code === 'invalid_type'
          ? 'must be a table as in "access: {channels: [C0123ABCD]}"'
          : undefined,
    },
  );

type Section = z.infer<ReturnType<typeof accessSection>>;

/** `leadsTo`: the channels in which alarms open incidents. */
export function settleAccess(
  section: Section | undefined,
  leadsTo: readonly string[],
  complain: (problem: string) => void,
): AccessPolicy {
  if (section === undefined) return OPEN_ACCESS;
  const { channels = [], people = [], groups = [] } = section;
  const outside = channels.length === 0 ? [] : leadsTo.filter((id) => !channels.includes(id));
  for (const channelId of new Set(outside)) {
    complain(
      `alarms open incidents in ${channelId}, where nobody may work with them: add it to access.channels, or lead the alarms elsewhere`,
    );
  }
  return {
    channelIds: [...new Set(channels)],
    peopleIds: [...new Set(people)],
    groupIds: [...new Set(groups)],
  };
}
