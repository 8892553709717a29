import type { FilesReading } from '../aws/files/read-files.ts';
import { NO_DATA_EVENTS } from '../domain/coverage.ts';
import { utcWords } from '../domain/text/time-words.ts';

/** What files cannot show of the asked time, in words. */
export function gapsOf(
  { earliestMs, latestMs, hasDataEvents, readCount }: FilesReading,
  window: { readonly fromMs: number; readonly toMs: number },
): readonly string[] {
  return [
    ...(readCount === 0 ? ['the files hold no records at all'] : []),
    ...(earliestMs !== null && earliestMs > window.fromMs
      ? [`the files begin at ${utcWords(earliestMs)}`]
      : []),
    ...(latestMs !== null && latestMs < window.toMs
      ? [`the files end at ${utcWords(latestMs)}`]
      : []),
    ...(hasDataEvents ? [] : [`${NO_DATA_EVENTS}: the files hold none`]),
    'kubectl and changes inside instances',
  ];
}
