const HIDDEN = /[^\P{C}\n]|[\p{Zl}\p{Zp}]/gu;

/** JSON for people and programs: what could steer a terminal is escaped, which JSON allows anywhere. */
export function jsonText(document: unknown): string {
  const text = JSON.stringify(document, null, 2).replace(HIDDEN, escapeUnits);
  return `${text}\n`;
}

function escapeUnits(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
