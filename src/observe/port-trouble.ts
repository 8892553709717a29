import { AppError } from '../errors.ts';

const CODES: ReadonlySet<unknown> = new Set(['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL']);

/** Whether listening failed for a reason that another PORT mends. */
export function isPortTrouble(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && CODES.has(error.code);
}

export function portTrouble(cause: Error): AppError {
  return new AppError(
    'configuration-invalid',
    `The port cannot be listened on (${cause.message}). Set PORT to a free one, or BIND_HOST to an address of this machine.`,
    { cause },
  );
}
