/** One call as it was answered; `status` 0 means that no complete answer was sent. */
export interface AwsReplayCall {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly account: string;
  /** ARN of the user or session that signed; empty when nobody was made out. */
  readonly caller: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly atMs: number;
}

const CALLS_MAX = 2_000;

export interface CallJournal {
  readonly calls: readonly AwsReplayCall[];
  write(call: AwsReplayCall): void;
}

export function createCallJournal(): CallJournal {
  const calls: AwsReplayCall[] = [];
  return {
    calls,
    write(call) {
      calls.push(call);
      if (calls.length > CALLS_MAX) calls.shift();
    },
  };
}
