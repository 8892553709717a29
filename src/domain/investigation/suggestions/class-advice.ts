import type { ChangeClass } from '../change-class.ts';

/** `{it}` stands for the thing's name, `{call}` for the call, `{undo}` for how to take it back. */
export interface Advice {
  /** What the thing is called where the record names none. */
  readonly it: string;
  readonly test: string;
  readonly solution: string;
  readonly risk: string;
  readonly rollback: string;
}

/** For somebody tired, on a phone: how to find out by reading, what to do, what it may break. */
export const CLASS_ADVICE: Readonly<Record<ChangeClass, Advice>> = {
  'compute-stopped': {
    it: 'what was stopped',
    test: 'Look at the state of {it} now, and at the graph. Stopped or gone, and the graph turned within minutes of {call}: confirmed. Up and serving all the time: ruled out.',
    solution: '{undo} The team that runs it can do this.',
    risk: 'It may have been stopped on purpose: for money, after an attack, or because it wrote bad data. Ask who stopped it. When it starts it may take up old work again.',
    rollback: 'Stop it again: then all is as it is now.',
  },
  'compute-replaced': {
    it: 'what was restarted or replaced',
    test: 'See since when {it} runs and whether it is healthy now. Errors that began with the restart and are over once it is warm: confirmed, and passing. Healthy throughout: ruled out.',
    solution:
      '{undo} Mostly it is enough to wait until it is healthy. The team that runs it decides.',
    risk: 'Another restart or failover cuts connections once more. What was replaced may have been ill before.',
    rollback:
      'None is needed for waiting. A refresh or failover that was turned back can be started again.',
  },
  'capacity-cut': {
    it: 'what was made smaller',
    test: 'Lay use beside the limit: CPU, concurrency, consumed capacity or tasks of {it} before and after {call}. Flat at the new limit: confirmed. Well below it: ruled out.',
    solution: '{undo} The team that runs it can do this; more capacity is felt within minutes.',
    risk: 'It costs more, and more callers may overload what is behind it, a database above all. Somebody may have cut it to protect just that.',
    rollback: 'Set the smaller size again.',
  },
  'capacity-raised': {
    it: 'what was made larger',
    test: 'See whether what is behind {it} (database connections, partner limits) or the bill rose right after {call}. Rose with it: confirmed. Unchanged: ruled out.',
    solution: '{undo} The team that runs it can do this.',
    risk: 'The larger size may be carrying the load right now: with less, requests may be refused. Compare use with the earlier size first.',
    rollback: 'Set the larger size again.',
  },
  'network-closed': {
    it: 'the rule or route',
    test: 'Look at the rules of {it} now, and for timeouts (not refusals) in a log of what calls through it. The way that is used is missing since {call}: confirmed. Still open: ruled out.',
    solution: '{undo} Who owns the network can do this; it is felt at once.',
    risk: 'A rule is often removed on purpose, to close a hole. Ask who removed it, and allow only the sources and ports that are needed.',
    rollback: 'Take the same rule or route out again. It is felt at once.',
  },
  'network-opened': {
    it: 'the rule',
    test: 'Look at which source and port were opened in {it}. Open to 0.0.0.0/0 or ::/0, or the flow logs show strangers since then: confirmed. A known source only: ruled out.',
    solution: '{undo} Who owns the network can do this.',
    risk: 'Someone may depend on it by now: see in the flow logs who uses it. If strangers came in, closing it does not put out who is inside.',
    rollback: 'Allow the same source and port again.',
  },
  'network-changed': {
    it: 'the route or network setting',
    test: 'Read what {it} says now and trace the way: from what fails to what it calls. The way ends or goes elsewhere since {call}: confirmed. It still leads there: ruled out.',
    solution: '{undo} Who owns the network can do this.',
    risk: 'Others use the same way: what was moved for them moves back, too. Long connections are cut.',
    rollback: 'Set the newer route or setting again.',
  },
  'targets-changed': {
    it: 'the target group',
    test: 'Look at the health of the targets in {it} and the reason it gives. None or few healthy since {call}: confirmed. As many healthy as before: ruled out.',
    solution: '{undo} The team that runs the service can do this.',
    risk: 'A target that was taken out because it was ill gets traffic again. Check its health first.',
    rollback: 'Take the targets out again, or set the newer health check again.',
  },
  'edge-changed': {
    it: 'the listener, rule or distribution',
    test: 'Call the public address once and look at what answers. Load balancer, gateway, CDN or firewall answers with the error itself: confirmed. The service behind answers: ruled out.',
    solution: '{undo} Who owns the edge can do this; a CDN takes some minutes.',
    risk: 'A firewall rule may be holding an attack off. Other sites may hang on the same listener or distribution.',
    rollback: 'Put the newer version of the configuration back.',
  },
  'dns-changed': {
    it: 'the record',
    test: 'Ask the name servers of the zone for {it} and compare with what it should be. Another or no answer: confirmed. The right answer everywhere: ruled out.',
    solution: '{undo} Who owns the zone can do this.',
    risk: 'Resolvers keep the wrong answer until its TTL is over: it helps some at once and others later. The old address may be gone.',
    rollback: 'Set the newer record again; it takes one TTL.',
  },
  prepared: {
    it: 'the new version',
    test: 'See whether anything runs {it} yet: task definition, image tag or version in use. In use since the onset: confirmed, look for who deployed it. Not in use: ruled out.',
    solution:
      'Nothing needs to be taken back as long as nothing runs it. If it runs, deploy the version before it. The team that builds it can do this.',
    risk: 'A mutable tag such as "latest" may hand the new image to tasks that merely restart.',
    rollback: 'Deploy the newer version again.',
  },
  deployed: {
    it: 'what was deployed',
    test: 'Compare the error and latency graphs just before and after {call}, and read the first new error in the log. A new error out of changed code: confirmed. Errors from before it, or in instances with the old version: ruled out.',
    solution: '{undo} The team that deploys it can do this.',
    risk: 'Rolling back code does not roll back data: if the release moved the database schema or wrote a new format, the old code may fail on it. Ask before, if it did.',
    rollback: 'Deploy the newer version again.',
  },
  reconfigured: {
    it: 'the setting',
    test: 'Read the setting of {it} now and compare it with its code or with a sister environment. It differs in a way that explains the error: confirmed. Same as where all is well: ruled out.',
    solution: '{undo} The team that runs it can do this.',
    risk: 'It may restart what it belongs to. If the setting was a fix for something else, that comes back.',
    rollback: 'Set the newer value again.',
  },
  'settings-changed': {
    it: 'the parameter',
    test: 'Read the history of {it} and the log for when it was read. The new value was read, at a start or by polling, right before the errors: confirmed. Not read since: ruled out.',
    solution: '{undo} Restart what only reads it at the start. The team that owns it can do this.',
    risk: 'Every reader of it gets the older value, also those that need the new one.',
    rollback: 'Put the newer value again.',
  },
  'permission-cut': {
    it: 'the policy or role',
    test: 'Look for denied calls since {call}: who, which action, and which kind of policy the message names. Denied for what was taken away: confirmed. No denied call in logs or on record: ruled out.',
    solution:
      '{undo} Better: allow only the action that is missing. Who owns the policy can do this.',
    risk: 'It may have been taken away on purpose, after a leak or an audit. Giving it back opens that again: ask security first.',
    rollback: 'Take the permission away again. IAM needs up to a minute.',
  },
  'permission-widened': {
    it: 'the permission',
    test: 'See what {it} allows now, and which calls were made with it since. Calls that nobody can explain: confirmed. Its usual work only: ruled out.',
    solution: '{undo} Who owns the policy can do this; security should know.',
    risk: 'What was given may be needed: a program may stop at once. If it was misused, taking it back does not undo what was done with it.',
    rollback: 'Give the permission again.',
  },
  'key-changed': {
    it: 'the key or secret',
    test: 'Look for failing logins, decrypt errors or certificate errors since {call}, and when programs last read {it}. They fail with the new or the disabled one: confirmed. They log in well: ruled out.',
    solution:
      '{undo} Restart programs that keep the value in memory. Who owns the secret can do this.',
    risk: 'If it was changed because it leaked, never go back to the old one: get the new one to its users instead.',
    rollback: 'Make the newer version the current one again.',
  },
  'data-removed': {
    it: 'the data',
    test: 'See whether {it} is still there, and whether the errors name it. Gone, and errors say "not found": confirmed. There, or never named: ruled out.',
    solution: '{undo} Who owns the data decides to which moment.',
    risk: 'What was written after the backup is lost. Restored data may not fit what others wrote since. Restore beside it, never over it.',
    rollback:
      'Keep what is there now until the restored copy is proven; then it can be pointed back.',
  },
  'retention-changed': {
    it: 'the retention or lifecycle rule',
    test: 'Look at the age of the oldest object, image or backup that {it} holds, and whether the error names an older one. What is missing is older than the new limit: confirmed. All there: ruled out.',
    solution: '{undo} Who owns the data can do this.',
    risk: 'What has expired does not come back by this; keeping more costs more.',
    rollback: 'Set the newer rule again, once nobody needs the older data.',
  },
  'messaging-changed': {
    it: 'the queue, topic or mapping',
    test: 'Compare messages sent with messages received for {it} since {call}. Sent but not received, or not sent: confirmed. Both as before: ruled out.',
    solution: '{undo} The team that owns the messages can do this.',
    risk: 'What waited comes all at once and may come twice; see that the receivers bear it.',
    rollback: 'Set it as it is now again; what was delivered stays delivered.',
  },
  'schedule-off': {
    it: 'the schedule or rule',
    test: 'See whether {it} is enabled, and when it last ran. It did not run since {call} though it should have: confirmed. It ran: ruled out.',
    solution:
      '{undo} Run what was missed by hand if it is needed. The team that owns the job can do this.',
    risk: 'It may have been switched off because the job does harm. Missed runs may come late or twice.',
    rollback: 'Switch it off again.',
  },
  'watching-off': {
    it: 'the alarm, log or detector',
    test: 'See whether data of {it} ends at {call}. The graph ends there while the system itself is well: confirmed, it only became blind. Data goes on: ruled out.',
    solution: '{undo} Who owns the monitoring or security can do this.',
    risk: 'Hardly any for the system. If nobody knows why it was switched off, it may hide an intruder: tell security before asking around.',
    rollback: 'Switch it off again, once that was agreed.',
  },
  exposed: {
    it: 'the snapshot or image',
    test: 'Look at with whom {it} is shared now. An unknown account or "all": confirmed. Only own accounts: ruled out.',
    solution: 'Take the share away with {call}. Who owns the data can do this; security must know.',
    risk: 'Who had access may have copied it: ending the share does not bring copies back. Treat secrets inside as leaked.',
    rollback: 'Share it again with the accounts that are meant to have it.',
  },
  'credential-made': {
    it: 'the user or key',
    test: 'Ask who made {it} whether they did, by another way than chat, and look at what was called with it since. Not theirs, or calls from an unknown address: confirmed. Theirs and expected: ruled out.',
    solution:
      '{undo} Switch it off first, delete it later: then the traces stay. Security can do this.',
    risk: 'If a program uses it already, that stops.',
    rollback: 'Switch it on again. A deleted key does not come back: make a new one.',
  },
  'signed-in': {
    it: 'the sign-in',
    test: 'Ask the person, by another way than chat, whether it was them; compare address, time and MFA with their usual ones. Not them: confirmed. Them: ruled out.',
    solution:
      'If it was not them: end their sessions, reset password and MFA, and look at every call since. Security can do this.',
    risk: 'The person is locked out for a while.',
    rollback: 'Give the person a new password and second factor.',
  },
  spending: {
    it: 'what was created',
    test: 'Look in Cost Explorer by service and usage type since {call}. The new amount is of its kind: confirmed. Something else grew: ruled out.',
    solution: '{undo} Ask who made it whether it is in use. Its owner can do this.',
    risk: 'It may be doing work that someone waits for, and hold data that is nowhere else. Stop before you delete.',
    rollback: 'Start it again. What was deleted must be made anew.',
  },
  removed: {
    it: 'what was removed or switched off',
    test: 'See whether the errors name {it}, and whether anything still refers to it. Named, and it is gone or off since {call}: confirmed. Nobody refers to it: ruled out.',
    solution: '{undo} Its owner can do this.',
    risk: 'What comes back may have another id, so that others must be pointed at it. It may have been removed for a reason.',
    rollback: 'Remove it, or switch it off, again.',
  },
  created: {
    it: 'what was created',
    test: 'See whether anything uses {it} yet. What fails calls it or shares a limit with it: confirmed. Unused: ruled out.',
    solution: '{undo} Who made it can do this.',
    risk: 'Something may already need it, and it may hold data.',
    rollback: 'Make it again from the same code.',
  },
  routine: {
    it: 'the record',
    test: 'Nothing that runs feels this call. Only if the errors name {it} is it worth a look.',
    solution: 'Leave it as it is and look at the other explanations.',
    risk: 'Time spent here is missing elsewhere.',
    rollback: 'Nothing to take back.',
  },
};
