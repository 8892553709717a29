import { z } from 'zod';
import { DEFAULT_NUDGES, type NudgeDelay, type NudgeSettings } from '../domain/incident/nudging.ts';

const LIMITS = { minutesMin: 5, minutesMax: 1_440 } as const;

const WORDS = `must be a number of minutes (${LIMITS.minutesMin} to ${LIMITS.minutesMax}), "morning" or "off"`;

const delay = z.union(
  [
    z.int().min(LIMITS.minutesMin, WORDS).max(LIMITS.minutesMax, WORDS),
    z.literal('morning'),
    z.literal('off'),
    // What a YAML 1.1 editor makes of a bare off.
    z.literal(false),
  ],
  { error: WORDS },
);

const ALL_OFF = { noOwner: 'off', sev1: 'off', sev2: 'off', sev3: 'off', sev4: 'off' } as const;

/** `nudges: off`, or a time for each; what is left out stays as it is by default. */
export const nudgesSection = z.preprocess(
  (said) => (said === 'off' || said === false ? ALL_OFF : said),
  z.strictObject(
    {
      noOwner: delay.optional(),
      sev1: delay.optional(),
      sev2: delay.optional(),
      sev3: delay.optional(),
      sev4: delay.optional(),
    },
    {
      error: ({ code }) =>
        code === 'invalid_type' ? 'must be off, or a table as in "nudges: {sev1: 30}"' : undefined,
    },
  ),
);

type Section = z.infer<typeof nudgesSection>;

export function settleNudges(section: Section = {}): NudgeSettings {
  const { noOwner, quiet } = DEFAULT_NUDGES;
  return {
    noOwner: settled(section.noOwner, noOwner),
    quiet: {
      sev1: settled(section.sev1, quiet.sev1),
      sev2: settled(section.sev2, quiet.sev2),
      sev3: settled(section.sev3, quiet.sev3),
      sev4: settled(section.sev4, quiet.sev4),
    },
  };
}

function settled(said: z.infer<typeof delay> | undefined, usual: NudgeDelay): NudgeDelay {
  if (said === undefined) return usual;
  if (said === 'off' || said === false) return null;
  return said === 'morning' ? said : said * 60_000;
}
