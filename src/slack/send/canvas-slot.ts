import type { PostedMessage, Store } from '../../ports.ts';

/** Kept like a message, so that whatever happens to the bot, the canvas is made once. */
export const CANVAS_SLOT = 'canvas';

/** What is known of an incident's canvas. */
export interface CanvasNote {
  /** Null until Slack has said which one it is. */
  readonly canvasId: string | null;
  /** The version of the record that it tells. */
  readonly told: number;
  /** A version that may be in it: how adding it ended was not heard. */
  readonly trying: number | null;
  /** When something was last tried whose end was not heard; 0: nothing is open. */
  readonly triedAtMs: number;
  /** How often in a row nobody knew how a call ended. */
  readonly failures: number;
  /** How many of the channels that the incident has left can read it no more. */
  readonly left: number;
  /** Slack's word for why there is none, when it said so last. */
  readonly refused: string | null;
}

export const NO_CANVAS: CanvasNote = {
  canvasId: null,
  told: 0,
  trying: null,
  triedAtMs: 0,
  failures: 0,
  left: 0,
  refused: null,
};

export function readCanvasNote(messages: readonly PostedMessage[]): CanvasNote {
  const message = messages.find(({ slot }) => slot === CANVAS_SLOT);
  if (message === undefined) return NO_CANVAS;
  const kept = new URLSearchParams(message.digest);
  const numberOf = (name: string): number => Number(kept.get(name) ?? 0);
  return {
    canvasId: message.ts,
    told: numberOf('told'),
    trying: kept.has('trying') ? numberOf('trying') : null,
    triedAtMs: message.sentAtMs,
    failures: numberOf('failures'),
    left: numberOf('left'),
    refused: kept.get('refused'),
  };
}

export async function saveCanvasNote(
  store: Pick<Store, 'saveMessage'>,
  place: { readonly incidentId: string; readonly channelId: string },
  note: CanvasNote,
): Promise<void> {
  const digest = new URLSearchParams({
    told: String(note.told),
    ...(note.trying === null ? {} : { trying: String(note.trying) }),
    failures: String(note.failures),
    ...(note.left === 0 ? {} : { left: String(note.left) }),
    ...(note.refused === null ? {} : { refused: note.refused }),
  });
  await store.saveMessage({
    incidentId: place.incidentId,
    slot: CANVAS_SLOT,
    channelId: place.channelId,
    ts: note.canvasId,
    threadTs: null,
    sentAtMs: note.triedAtMs,
    digest: digest.toString(),
  });
}
