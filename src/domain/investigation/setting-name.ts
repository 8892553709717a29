/** What the name of a parameter says of what it holds. */
export type SettingUse = 'credential' | 'address' | 'wording' | 'unknown';

/** By the last part of the name, where people say what a value is. First fit decides. */
const BY_NAME: readonly (readonly [RegExp, SettingUse])[] = [
  [
    /passw|secret|token|api_?key|private_?key|access_?key|credential|certificate|\bcert\b|\bpem\b|license_?key/,
    'credential',
  ],
  [
    /\b(?:text|banner|title|message|copy|colou?r|theme|locale|label|owner|contact|description|notes?|motd|footer|greeting|logo|wording|e?mail_from|log_?level|verbosity)\b/,
    'wording',
  ],
  [
    /\b(?:host|hostname|hosts|endpoint|endpoints|url|uri|dsn|address|addr|port|broker|brokers|server|servers|dns|domain|connection|connstr|db|database|ami|image|arn|bucket|queue|topic|table|stream)\b/,
    'address',
  ],
];

/** What people call things that are to go soon. */
const THROWAWAY =
  /(?:^|[-_/.:])(?:tmp|temp|poc|scratch|sandbox|demo|throwaway|experiment|playground|unused|deprecated|dummy|hackathon|loadtest)(?=$|[-_/.:\d])|[-_.](?:old|bak|backup|orig|copy)\d*$/i;

export function isThrowaway(name: string): boolean {
  return THROWAWAY.test(name);
}

/** `/prod/seats/db_host` holds an address; `/prod/seats/banner_text` words. */
export function settingUseOf(name: string): SettingUse {
  const last = name.split('/').at(-1) ?? name;
  const words = last
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();
  const joined = words.replaceAll(' ', '_');
  return BY_NAME.find(([shape]) => shape.test(words) || shape.test(joined))?.[1] ?? 'unknown';
}
