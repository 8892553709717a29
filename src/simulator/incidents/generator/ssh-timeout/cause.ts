import { PEOPLE } from '../cast.ts';
import type { Caller, Recorder } from '../recorder.ts';
import type { Sessions } from '../sessions.ts';
import { clock } from '../story-time.ts';
import { WEBSITE } from './website.ts';

/** What Petra removed and what she put in its place. */
export interface CauseIds {
  readonly revoke: string;
  readonly authorize: string;
}

const groupId = WEBSITE.securityGroupId;
const EVERYWHERE = '0.0.0.0/0';
const OFFICE = '10.20.0.0/16';

/**
 * The cause: a finding says that SSH is open to the world. Petra edits the inbound rules in the
 * console, takes out all three and puts only SSH back, from the private network.
 */
export function writeCause(recorder: Recorder, sessions: Sessions): CauseIds {
  const { email, address } = PEOPLE.petra;
  const petra = sessions.person(clock('10:26:18'), email, 'NetworkAdmin', address);
  for (const time of ['10:28:40', '10:36:02']) {
    recorder.write(clock(time), petra, {
      event: 'ec2.DescribeSecurityGroups',
      request: {
        securityGroupSet: {},
        securityGroupIdSet: { items: [{ groupId }] },
        filterSet: {},
      },
    });
  }
  recorder.write(clock('10:36:05'), petra, {
    event: 'ec2.DescribeSecurityGroupRules',
    request: {
      filterSet: { items: [{ name: 'group-id', valueSet: { items: [{ value: groupId }] } }] },
    },
  });
  return { revoke: writeRevoke(recorder, petra), authorize: writeAuthorize(recorder, petra) };
}

function writeRevoke(recorder: Recorder, petra: Caller): string {
  return recorder.write(clock('10:39:26'), petra, {
    event: 'ec2.RevokeSecurityGroupIngress',
    request: {
      groupId,
      ipPermissions: { items: [port(22, EVERYWHERE), port(80, EVERYWHERE), port(443, EVERYWHERE)] },
      securityGroupRuleIds: {},
    },
    response: { _return: true, unknownIpPermissionSet: {} },
  });
}

function writeAuthorize(recorder: Recorder, petra: Caller): string {
  return recorder.write(clock('10:39:27'), petra, {
    event: 'ec2.AuthorizeSecurityGroupIngress',
    request: { groupId, ipPermissions: { items: [port(22, OFFICE)] } },
    response: {
      _return: true,
      securityGroupRuleSet: {
        items: [
          {
            groupId,
            securityGroupRuleId: 'sgr-07a4c1e8d25b9f360',
            isEgress: false,
            ipProtocol: 'tcp',
            fromPort: 22,
            toPort: 22,
            cidrIpv4: OFFICE,
            description: 'SSH, from inside only',
          },
        ],
      },
    },
  });
}

function port(number: number, cidrIp: string): object {
  return {
    ipProtocol: 'tcp',
    fromPort: number,
    toPort: number,
    groups: {},
    ipRanges: { items: [{ cidrIp }] },
    ipv6Ranges: {},
    prefixListIds: {},
  };
}
