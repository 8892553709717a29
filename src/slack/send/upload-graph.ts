import type { Untrusted } from '../../domain/untrusted.ts';
import type { DrawnAlarm } from '../../flows/draw-alarm.ts';
import type { WorkOutcome } from '../../flows/run-work.ts';
import type { PostedMessage } from '../../ports.ts';
import { cleanUntrusted } from '../blocks/characters.ts';
import { escapeMrkdwn } from '../blocks/conservative.ts';
import {
  type FileUpload,
  type UploadContext,
  type UploadPlace,
  uploadOnce,
} from './upload-once.ts';

const NAME_CHARACTERS_MAX = 100;

export interface GraphUpload {
  readonly slot: string;
  readonly alarmName: Untrusted;
  /** What is known of an earlier try. */
  readonly posted: PostedMessage | undefined;
  readonly draw: () => Promise<DrawnAlarm>;
}

type Drawn = Extract<DrawnAlarm, { kind: 'drawn' }>;
type Gap = Extract<DrawnAlarm, { kind: 'gap' }>;

/** Uploads a graph into the thread, once. */
export async function uploadGraph(
  context: UploadContext,
  place: UploadPlace,
  { slot, alarmName, posted, draw }: GraphUpload,
): Promise<WorkOutcome | Gap> {
  const outcome = await uploadOnce<Gap>(context, place, {
    slot,
    fileName: `${place.incidentId}-${slot}.png`,
    posted,
    prepare: async () => {
      const drawn = await draw();
      return drawn.kind === 'gap' ? drawn : pictureOf(alarmName, drawn);
    },
  });
  return outcome.kind === 'uploaded' ? { kind: 'done' } : outcome;
}

function pictureOf(alarmName: Untrusted, { png, metricName, sentences }: Drawn): FileUpload {
  const name = cleanUntrusted(alarmName, NAME_CHARACTERS_MAX);
  return {
    title: `${name}: ${cleanUntrusted(metricName, NAME_CHARACTERS_MAX)}`,
    comment: `${code(name)}: ${code(metricName)}, ${escapeMrkdwn(sentences)}`,
    content: png,
  };
}

/** Nothing inside is markup: no mention, no link, no emoji. */
function code(text: string): string {
  const clean = escapeMrkdwn(cleanUntrusted(text, NAME_CHARACTERS_MAX)).replaceAll('`', "'");
  return `\`${clean || '(empty)'}\``;
}
