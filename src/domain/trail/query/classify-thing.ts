import { isAddressOrRange } from './address.ts';
import type { Condition } from './query.ts';
import { resourceClassOf } from './resource-class.ts';

/** First words of AWS operation names: `AppointmentsStack` is a resource, `StopInstances` is not. */
const OPERATION_WORDS = new Set(
  (
    'Abort Accept Activate Add Admin Advertise Allocate Apply Approve Archive Assign Associate ' +
    'Assume Attach Authorize Batch Bid Bundle Cancel Change Check Clear Complete Confirm Connect ' +
    'Console Continue Copy Create Credential Deactivate Decode Decrease Decrypt Delete Deny Deploy ' +
    'Deprecate Deprovision Deregister Describe Detach Detect Disable Disassociate Discover Drop ' +
    'Enable Encrypt Enter Execute Exit Export Failover Filter Finalize Generate Get Grant Head ' +
    'Import Increase Initiate Invoke Issue List Lock Login Lookup Merge Modify Monitor Move Notify ' +
    'Peer Poll Post Promote Provision Publish Purge Put Query Re Reboot Receive Record Register ' +
    'Reject Release Remove Renew Replace Replicate Report Request Reset Resize Resolve Restart ' +
    'Restore Resume Retire Retry Revert Revoke Rollback Rotate Rotation Run Scan Schedule Search ' +
    'Send Set Shared Sign Simulate Skip Split Start Stop Submit Subscribe Suspend Swap Switch ' +
    'Switchover Sync Tag Terminate Test Transfer Unassign Undeprecate Unlock Unmonitor Unsubscribe ' +
    'Untag Update Upgrade Upload User Validate Verify View Withdraw Write'
  ).split(' '),
);

const EVENT_NAME = /^([A-Z][a-z]+)(?:[A-Z0-9][A-Za-z0-9_]*)?$/;
const EVENT_PATTERN = /^[A-Z*][A-Za-z0-9_]*\*[A-Za-z0-9_*]*$|^\*[A-Z][A-Za-z0-9_*]*$/;

const SHAPES: readonly (readonly [(word: string) => boolean, Condition['key']])[] = [
  [(word) => /^arn:/i.test(word), 'resource'],
  [(word) => /^(?:AKIA|ASIA)[A-Z0-9]{12,28}$/.test(word), 'key'],
  [(word) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(word), 'id'],
  [(word) => resourceClassOf(word) !== null, 'resource'],
  [isAddressOrRange, 'ip'],
  [(word) => /^[^\s@/:]+@[^\s@/:]+\.[a-z]{2,}$/i.test(word), 'user'],
  [(word) => /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com$/i.test(word), 'source'],
  [(word) => /^\d{12}$/.test(word), 'account'],
  [isRegion, 'region'],
  [isEventName, 'event'],
];

/** What a bare word is, by its shape alone. `name`: a resource's name or a user's. */
export function classifyThing(word: string): Condition['key'] {
  return SHAPES.find(([fits]) => fits(word))?.[1] ?? 'name';
}

export function isRegion(word: string): boolean {
  return /^(?:af|ap|ca|cn|eu|il|me|mx|sa|us)(?:-gov|-iso[a-z]?)?-(?:central|(?:north|south)?(?:east|west)?)-\d$/i.test(
    word,
  );
}

function isEventName(word: string): boolean {
  if (EVENT_PATTERN.test(word)) return true;
  const first = EVENT_NAME.exec(word)?.[1];
  return first !== undefined && first !== word && OPERATION_WORDS.has(first)
    ? true
    : word === 'Invoke' || word === 'Unsubscribe' || word === 'Decrypt' || word === 'Encrypt';
}
