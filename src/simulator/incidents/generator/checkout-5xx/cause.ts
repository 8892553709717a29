import {
  AGENTS,
  CHECKOUT_TARGETS,
  INSTANCES,
  loadBalancing,
  PEOPLE,
  PERMISSION_SETS,
} from '../cast.ts';
import type { Recorder } from '../recorder.ts';
import type { Sessions } from '../sessions.ts';
import { stopRequest, stopResponse } from '../stop-calls.ts';
import { clock } from '../story-time.ts';

/** The cause: Noor stops the instance she believes idle. Returns the eventID of the stop. */
export function writeCause(recorder: Recorder, sessions: Sessions): string {
  const { email, address } = PEOPLE.noor;
  const noor = sessions.person(clock('10:21:44'), email, 'PlatformOperator', address);
  for (const time of ['10:23:10', '10:31:52', '10:39:36']) {
    for (const name of ['DescribeInstances', 'DescribeInstanceStatus']) {
      recorder.write(clock(time), noor, { event: `ec2.${name}`, request: { filterSet: {} } });
    }
  }
  recorder.write(clock('10:40:12'), noor, {
    event: 'ec2.DescribeInstances',
    request: { instancesSet: { items: [{ instanceId: INSTANCES.checkout.id }] } },
  });
  return recorder.write(clock('10:41:07'), noor, {
    event: 'ec2.StopInstances',
    request: stopRequest(INSTANCES.checkout.id),
    response: stopResponse([INSTANCES.checkout.id]),
  });
}

/** Hours earlier somebody else tried the same and was refused: not a change. */
export function writeFailedStop(recorder: Recorder, sessions: Sessions): string {
  const { email, address } = PEOPLE.petra;
  const petra = sessions.person(clock('08:44:20'), email, 'Developer', address);
  const arn = `arn:aws:ec2:eu-west-1:111122223333:instance/${INSTANCES.checkout.id}`;
  return recorder.write(clock('08:52:31'), petra, {
    event: 'ec2.StopInstances',
    request: stopRequest(INSTANCES.checkout.id),
    error: {
      code: 'Client.UnauthorizedOperation',
      message: `You are not authorized to perform this operation. User: arn:aws:sts::111122223333:assumed-role/${PERMISSION_SETS.Developer}/${email} is not authorized to perform: ec2:StopInstances on resource: ${arn} because no identity-based policy allows the ec2:StopInstances action`,
    },
  });
}

/** After the onset the person on call looks around, and so far changes nothing. */
export function writeResponse(recorder: Recorder, sessions: Sessions): void {
  const { email, address } = PEOPLE.tomas;
  const tomas = sessions.person(clock('10:48:30'), email, 'OnCall', address);
  const targetGroupArn = loadBalancing(CHECKOUT_TARGETS);
  const reads = [
    ['10:49:20', 'monitoring.DescribeAlarms', { stateValue: 'ALARM' }],
    ['10:50:05', 'elasticloadbalancing.DescribeTargetHealth', { targetGroupArn }],
    ['10:51:41', 'ec2.DescribeInstanceStatus', { filterSet: {} }],
    ['10:52:30', 'logs.DescribeLogGroups', { logGroupNamePrefix: '/checkout' }],
  ] as const;
  for (const [time, event, request] of reads) {
    recorder.write(clock(time), tomas, { event, request });
  }
}

/** The day before, Terraform put the instance behind the load balancer. */
export function writeRegistration(recorder: Recorder, sessions: Sessions, timeMs: number): void {
  const terraform = sessions.gitHub(timeMs - 60_000, {
    repository: 'northwind/infrastructure',
    role: 'ci-terraform',
    sessionName: 'terraform-8790',
    address: '192.0.2.71',
    agent: AGENTS.terraform,
  });
  recorder.write(timeMs, terraform, {
    event: 'elasticloadbalancing.RegisterTargets',
    request: {
      targetGroupArn: loadBalancing(CHECKOUT_TARGETS),
      targets: [{ id: INSTANCES.checkout.id, port: 8080 }],
    },
  });
  recorder.write(timeMs + 4_000, terraform, {
    event: 'monitoring.PutMetricAlarm',
    request: { alarmName: 'checkout-5xx', threshold: 10, evaluationPeriods: 3, period: 60 },
  });
}
