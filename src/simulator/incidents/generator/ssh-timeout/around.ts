import { AGENTS, denied, PEOPLE, PERMISSION_SETS } from '../cast.ts';
import type { Recorder } from '../recorder.ts';
import { ACCOUNT, HOME } from '../recorder.ts';
import type { Sessions } from '../sessions.ts';
import { clock, clockYesterday } from '../story-time.ts';
import { WEBSITE } from './website.ts';

const { instanceId, securityGroupId, subnetId, allocationId, publicAddress } = WEBSITE;
const ARN = `arn:aws:ec2:${HOME}:${ACCOUNT}:instance/${instanceId}`;

/** The day before, Terraform moved the website to this machine: it says which group is whose. */
export function writeReplacement(recorder: Recorder, sessions: Sessions): void {
  const terraform = sessions.gitHub(clockYesterday('14:18:20'), {
    repository: 'northwind/infrastructure',
    role: 'ci-terraform',
    sessionName: 'terraform-8802',
    address: '192.0.2.72',
    agent: AGENTS.terraform,
  });
  const groupSet = { items: [{ groupId: securityGroupId, groupName: 'www-prod' }] };
  const tagSet = { items: [{ key: 'Name', value: 'www-prod' }] };
  recorder.write(clockYesterday('14:19:02'), terraform, {
    event: 'ec2.RunInstances',
    request: {
      instancesSet: { items: [{ imageId: 'ami-0f3a9c71e5d28b604', minCount: 1, maxCount: 1 }] },
      instanceType: 'm7g.large',
      networkInterfaceSet: {
        items: [{ deviceIndex: 0, subnetId, groupSet: { items: [{ groupId: securityGroupId }] } }],
      },
      tagSpecificationSet: { items: [{ resourceType: 'instance', tags: tagSet.items }] },
    },
    response: {
      instancesSet: {
        items: [
          {
            instanceId,
            instanceState: { code: 0, name: 'pending' },
            instanceType: 'm7g.large',
            subnetId,
            privateIpAddress: WEBSITE.address,
            groupSet,
            tagSet,
          },
        ],
      },
    },
  });
  recorder.write(clockYesterday('14:21:47'), terraform, {
    event: 'ec2.AssociateAddress',
    request: { allocationId, instanceId, allowReassociation: true },
    response: { _return: true, associationId: 'eipassoc-02d9e6b8a1c470f35' },
  });
}

/** Half an hour before, its release ran on the machine itself; the site answered well after it. */
export function writeRelease(recorder: Recorder, sessions: Sessions): void {
  const job = sessions.gitHub(clock('10:14:10'), {
    repository: 'northwind/website',
    role: 'gha-deploy-website',
    sessionName: 'GitHubActions',
    address: '192.0.2.144',
    agent: `${AGENTS.cli} md/command#ssm.send-command`,
  });
  const documentName = 'AWS-RunShellScript';
  recorder.write(clock('10:14:31'), job, {
    event: 'ssm.SendCommand',
    request: {
      documentName,
      instanceIds: [instanceId],
      parameters: 'HIDDEN_DUE_TO_SECURITY_REASONS',
      comment: 'Release 2026.41.2',
      interactive: false,
    },
    response: {
      command: {
        commandId: '8c1f0a6d-5b27-4e93-a4d8-0e7c39b1f652',
        documentName,
        instanceIds: [instanceId],
        status: 'Pending',
        targetCount: 1,
      },
    },
    resources: [{ type: 'AWS::EC2::Instance', arn: ARN }],
  });
}

/** In the morning somebody without the rights wanted another machine type. */
export function writeRefusedResize(recorder: Recorder, sessions: Sessions): string {
  const { email, address } = PEOPLE.marek;
  const marek = sessions.person(clock('09:08:51'), email, 'DatabaseAdmin', address);
  const caller = `arn:aws:sts::${ACCOUNT}:assumed-role/${PERMISSION_SETS.DatabaseAdmin}/${email}`;
  return recorder.write(clock('09:12:40'), marek, {
    event: 'ec2.ModifyInstanceAttribute',
    error: {
      ...denied(caller, 'ec2:ModifyInstanceAttribute', ARN),
      code: 'Client.UnauthorizedOperation',
    },
  });
}

/** After the onset: one reboots it, which does not help; the one on call looks first. */
export function writeReactions(recorder: Recorder, sessions: Sessions): string {
  const noor = sessions.person(
    clock('10:44:02'),
    PEOPLE.noor.email,
    'PlatformOperator',
    PEOPLE.noor.address,
  );
  const instancesSet = { items: [{ instanceId }] };
  const reboot = recorder.write(clock('10:45:36'), noor, {
    event: 'ec2.RebootInstances',
    request: { instancesSet },
    response: { _return: true },
  });
  const { email, address } = PEOPLE.tomas;
  const tomas = sessions.person(clock('10:48:30'), email, 'OnCall', address);
  const reads = [
    ['10:49:20', 'monitoring.DescribeAlarms', { stateValue: 'ALARM' }],
    ['10:50:05', 'ec2.DescribeInstanceStatus', { instancesSet, filterSet: {} }],
    ['10:51:41', 'ec2.GetConsoleOutput', { instanceId }],
    [
      '10:52:30',
      'ec2.DescribeAddresses',
      { publicIpsSet: { items: [{ publicIp: publicAddress }] } },
    ],
  ] as const;
  for (const [time, event, request] of reads)
    recorder.write(clock(time), tomas, { event, request });
  return reboot;
}
