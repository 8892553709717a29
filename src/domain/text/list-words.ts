/** "a", "a and b", "a, b and c"; empty text for an empty list. */
export function listWords(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** "a, b and 3 more": the first `shownMax`, and how many there are besides. */
export function listSome(items: readonly string[], shownMax: number): string {
  const hidden = items.length - shownMax;
  return listWords([...items.slice(0, shownMax), ...(hidden > 0 ? [`${hidden} more`] : [])]);
}
