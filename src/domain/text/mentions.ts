const MENTION = /<@([A-Za-z0-9]{1,40})(?:\|[^>\n]{0,100})?>/g;

/** Puts names for `<@U123>`; somebody whose name is not known stays the id. */
export function namePeople(text: string, names: ReadonlyMap<string, string>): string {
  return text.replace(MENTION, (_mention, userId: string) => names.get(userId) ?? userId);
}
