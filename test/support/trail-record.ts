import type { Principal, TrailRecord } from '../../src/domain/trail/record.ts';
import { untrusted } from '../../src/domain/untrusted.ts';

/** A person, as an Identity Center session shows one. */
export function aPrincipal(changes: Partial<Principal> = {}): Principal {
  return {
    label: untrusted('ana@example.com'),
    kind: 'human',
    confidence: 'high',
    reason: 'an Identity Center session, named after its user',
    accountId: '111122223333',
    userName: null,
    roleName: untrusted('AWSReservedSSO_Admin_0123456789abcdef'),
    sessionName: untrusted('ana@example.com'),
    mfa: true,
    ...changes,
  };
}

/** `named` is how resources are written in tests: names only. */
export function aRecord(
  changes: Partial<Omit<TrailRecord, 'resources'>> & { readonly named?: readonly string[] } = {},
): TrailRecord {
  const { named = ['i-0abc'], ...rest } = changes;
  return {
    eventId: '00000000-0000-4000-8000-000000000001',
    category: 'management',
    sharedEventId: null,
    eventName: 'StopInstances',
    eventSource: 'ec2.amazonaws.com',
    atMs: Date.parse('2026-03-10T10:00:00Z'),
    region: 'eu-west-1',
    accountId: '111122223333',
    readOnly: false,
    errorCode: null,
    errorMessage: null,
    principal: aPrincipal(),
    channel: 'cli',
    accessKeyId: 'ASIAEXAMPLEEXAMPLE11',
    mintedAccessKeyId: null,
    sessionStartedAtMs: null,
    insight: null,
    sourceAddress: untrusted('198.51.100.7'),
    userAgent: untrusted('aws-cli/2.15.0'),
    details: [],
    hiddenFieldCount: 0,
    ...rest,
    resources: named.map((name) => ({ type: null, name: untrusted(name) })),
  };
}
