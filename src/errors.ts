/**
 * What has gone wrong, in one word that stays the same: people grep for it, and code branches on it
 * and never on a message. docs/errors.md has a section for each.
 */
export const ERROR_CODES = [
  'store-unavailable',
  'store-locked',
  'store-unsafe',
  'store-corrupt',
  /** A newer version of Redthread wrote it; whoever has that version can read it. */
  'store-newer',
  'configuration-invalid',
  'slack-refused',
  'slack-unavailable',
  'webhook-unavailable',
  'input-invalid',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** The one kind of error we throw. `message` is a sentence that a person may be shown. */
export class AppError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
  }
}

export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}
