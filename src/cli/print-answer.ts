/** Prints what was asked for. A reader that has seen enough (`| head`) is no trouble of ours. */
export function printAnswer(text: string): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  process.stdout.write(text);
}
