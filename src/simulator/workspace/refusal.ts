import type { Json } from './json.ts';

/**
 * Slack's `{ok: false, error}`. Thrown from any depth of a Web API method and turned into the
 * answer in one place; `details` are further fields of that answer.
 */
export class Refusal extends Error {
  readonly code: string;
  readonly details: Json;

  constructor(code: string, details: Json = {}) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}

/** `invalid_arguments` with the sentences where Slack puts them. */
export function invalidArguments(messages: readonly string[]): Refusal {
  return new Refusal('invalid_arguments', { response_metadata: { messages } });
}
