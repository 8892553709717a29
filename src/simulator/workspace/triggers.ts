import type { Ids } from './ids.ts';
import { limits } from './limits.ts';
import { Refusal } from './refusal.ts';

export interface Trigger {
  readonly userId: string;
  /** The view it came from, null for commands, messages and the Home tab. */
  readonly viewId: string | null;
}

/** Slack's trigger ids: good for one view, for three seconds. */
export interface Triggers {
  issue(trigger: Trigger): string;
  /** Uses the trigger up, or throws the refusal Slack gives. */
  exchange(triggerId: string): Trigger;
}

export function createTriggers(ids: Ids, ttlMs: number): Triggers {
  const issued = new Map<string, Trigger & { readonly atMs: number; isUsed: boolean }>();
  return {
    issue(trigger) {
      const triggerId = ids.trigger();
      issued.set(triggerId, { ...trigger, atMs: Date.now(), isUsed: false });
      if (issued.size > limits.triggersMax) {
        const oldest = issued.keys().next();
        if (!oldest.done) issued.delete(oldest.value);
      }
      return triggerId;
    },
    exchange(triggerId) {
      const trigger = issued.get(triggerId);
      if (trigger === undefined) throw new Refusal('invalid_trigger_id');
      if (trigger.isUsed) throw new Refusal('exchanged_trigger_id');
      if (Date.now() - trigger.atMs > ttlMs) throw new Refusal('expired_trigger_id');
      trigger.isUsed = true;
      return trigger;
    },
  };
}
