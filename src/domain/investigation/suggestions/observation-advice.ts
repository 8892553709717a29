import type { ObservationKind } from '../../incident/ranking.ts';
import type { Advice } from './class-advice.ts';

/** What to do about what was seen but is no change: `{it}` is who or what it was seen at. */
export const OBSERVATION_ADVICE: Readonly<Record<ObservationKind, Advice>> = {
  'denied-calls': {
    it: 'the caller',
    test: 'Read one of the denied calls in full: the message names the action and mostly the kind of policy. Does {it} need that call for what fails, and was it allowed before? Then confirmed. If the call is not needed: ruled out.',
    solution:
      'Allow {it} exactly that action on that thing, in the policy that the message names. Who owns the policy can do this.',
    risk: 'The denial may be meant: a guard rail, or somebody who tries doors. Find out who {it} is before allowing anything.',
    rollback: 'Take the permission away again.',
  },
  'limit-reached': {
    it: 'the limit',
    test: 'Look at the usage graph beside the quota of {it}, and who calls most. Flat at the quota while calls fail: confirmed. Far below: ruled out.',
    solution:
      'Slow down or spread the biggest caller first; ask for a higher quota (RequestServiceQuotaIncrease) as well. The team that owns the caller can do this.',
    risk: 'A higher limit may move the overload to what is behind it, and costs more. An increase can take hours to be granted.',
    rollback: 'Set the caller back to its earlier rate. A raised quota can stay.',
  },
  'no-capacity': {
    it: 'the capacity',
    test: 'Read one failed call: it names the zone and the type that AWS had none of. Failing for that type or zone only: confirmed. Other types start well and the alarm stays: ruled out.',
    solution:
      'Ask for other types or zones: more types in the group, another zone, on-demand instead of spot. The team that runs it can do this.',
    risk: 'Other types may cost more or run slower; other zones may lack subnets or volumes.',
    rollback: 'Take the added types or zones out again once there is capacity.',
  },
  'failing-calls': {
    it: 'the program',
    test: 'Read one failed call of {it}: what does it name that is missing or in the wrong state? That thing broken since the same minute: confirmed. Failing calls that nobody waits for: ruled out.',
    solution:
      'Mend what the call names: bring it back, or point {it} at the right one. The team that runs it can do this.',
    risk: 'The failing call may be an effect of the trouble, not its cause: mending it alone may change nothing.',
    rollback: 'Point the program back at what it used before.',
  },
  'unusual-rate': {
    it: 'who made the calls',
    test: 'See who made the calls ({it}) and whether they began before the onset. More calls first, trouble after: confirmed. Trouble first, then retries: an effect, ruled out.',
    solution:
      'Slow or stop the caller: lower its concurrency, or make it wait between tries. The team that owns it can do this.',
    risk: 'Its work stays undone meanwhile. If it is unknown who it is, tell security before stopping it.',
    rollback: 'Let it run at its earlier rate again.',
  },
  'suspicious-identity': {
    it: 'the identity',
    test: 'Ask the person behind {it}, by another way than chat, whether it was them; compare address, tool and MFA with their usual ones. Not them: confirmed. Them: ruled out.',
    solution:
      'If it was not them: switch off the key or end the sessions of {it}, then look at every call since. Security can do this.',
    risk: 'What runs with the same identity stops. An intruder is warned: save the records first.',
    rollback: 'Give the identity new credentials, never the old ones.',
  },
  'aws-event': {
    it: 'the resource',
    test: 'Look at AWS Health and at the events of {it}. AWS took it, or had a fault or maintenance there: confirmed. It only replaced what was ill already: an effect, ruled out.',
    solution:
      'Bring the work up elsewhere: another host, type, zone or replica. An instance that is due for maintenance moves when it is stopped and started. The team that runs it can do this.',
    risk: 'A move interrupts what still works, local disks are lost, and other types may cost more.',
    rollback: 'Move it back once AWS says that it is over.',
  },
};
