/** Why Slack lets nothing be sent to somebody, in words for whoever wanted it sent. */
const UNSENDABLE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    user_disabled: 'Their account is deactivated.',
    cannot_dm_bot: 'That is an app, and apps cannot answer.',
    user_not_found: 'Slack does not know this person.',
    user_not_visible: 'Slack does not let me see this person.',
    messages_tab_disabled: 'This workspace lets me write to nobody directly.',
    restricted_action: 'This workspace does not let me write to them.',
    channel_not_found: 'Slack does not let me write to them.',
  }),
);

/** A sentence for Slack's error code. */
export function unsendableReason(code: string): string {
  return UNSENDABLE.get(code) ?? `Slack refused the message (${code}).`;
}
