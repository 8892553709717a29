/** Codes are stable: people grep for them and code branches on them, never on a message. */
export type ErrorCode =
  | 'store-unavailable'
  | 'store-locked'
  | 'store-unsafe'
  | 'store-corrupt'
  | 'configuration-invalid'
  | 'slack-refused'
  | 'slack-unavailable'
  | 'webhook-unavailable'
  | 'input-invalid'
  | 'internal';

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
