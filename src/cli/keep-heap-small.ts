import { setFlagsFromString } from 'node:v8';

/**
 * For commands that read much and end soon: Node lets the space for new objects grow where many of
 * them stay. Here that saves no time, and takes a third of the memory.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
