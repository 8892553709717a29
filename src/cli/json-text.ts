const HIDDEN = /[^\P{C}\n]|[\p{Zl}\p{Zp}]/gu;

/** JSON for people and programs: what could steer a terminal is escaped, which JSON allows anywhere. */
export function jsonText(document: unknown): string {
  return written(document, 2);
}

/** The same on one line, for a stream of them. */
export function jsonLine(document: unknown): string {
  return written(document, 0);
}

function written(document: unknown, indent: number): string {
  return `${JSON.stringify(document, null, indent).replace(HIDDEN, escapeUnits)}\n`;
}

function escapeUnits(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
