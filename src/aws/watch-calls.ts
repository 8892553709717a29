import type { AwsCallWatch } from '../ports.ts';
import { isThrottled, outcomeOf } from './answer-trouble.ts';

type Next = (args: unknown) => Promise<unknown>;
interface Context {
  readonly commandName?: string;
}
interface Stack {
  add(middleware: (next: Next, context: Context) => Next, options: object): void;
}

/** For `use` of any client's middleware: tells of every call, and of every try that was throttled. */
export interface CallWatcher {
  /** The stack of the client, whose types name all of its commands. */
  applyToStack(stack: unknown): void;
}

export function watchCalls(service: string, watch: AwsCallWatch): CallWatcher {
  return { applyToStack: (stack) => addTo(stack as Stack, service, watch) };
}

function addTo(stack: Stack, service: string, watch: AwsCallWatch): void {
  const nameOf = ({ commandName = '' }: Context) => commandName.replace(/Command$/, '');
  stack.add(
    (next, context) => async (args) => {
      const fromMs = performance.now();
      const tell = (outcome: Parameters<AwsCallWatch['called']>[0]['outcome']) => {
        const seconds = (performance.now() - fromMs) / 1_000;
        watch.called({ service, operation: nameOf(context), outcome, seconds });
      };
      try {
        const output = await next(args);
        tell('ok');
        return output;
      } catch (error) {
        tell(outcomeOf(error));
        throw error;
      }
    },
    { step: 'initialize', name: 'redthreadCalls' },
  );
  stack.add(
    (next, context) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        if (isThrottled(error)) watch.throttled({ service, operation: nameOf(context) });
        throw error;
      }
    },
    // Inside the SDK's own trying again.
    { step: 'finalizeRequest', priority: 'low', name: 'redthreadTries' },
  );
}
