/** One call to AWS, tries included. Names only: never what was asked or answered. */
export interface AwsCallReport {
  readonly service: string;
  /** As AWS names it: `LookupEvents`. */
  readonly operation: string;
  readonly outcome: 'ok' | 'denied' | 'throttled' | 'timed-out' | 'disabled' | 'failed';
  readonly seconds: number;
}

/** Who counts them; must not throw. */
export interface AwsCallWatch {
  readonly called: (report: AwsCallReport) => void;
  /** One try was told to slow down, whether or not a later one got through. */
  readonly throttled: (at: Pick<AwsCallReport, 'service' | 'operation'>) => void;
}

/** One call to Slack's Web API. */
export interface SlackCallReport {
  /** As Slack names it: `chat.postMessage`. */
  readonly method: string;
  readonly outcome: string;
  readonly seconds: number;
}

/** A payload from Slack; `ackSeconds` is null when it was never acknowledged. */
export interface InteractionReport {
  readonly kind: 'command' | 'button' | 'form' | 'shortcut' | 'event' | 'other';
  readonly outcome: 'acknowledged' | 'silent' | 'failed';
  readonly ackSeconds: number | null;
}
