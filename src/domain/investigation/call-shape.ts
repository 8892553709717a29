import type { ChangeClass, ChangeKind, Direction, Latency } from './change-class.ts';

// AWS names its calls by a verb and a noun: the verb says what was done, the noun to what. So a call
// that no row of the catalogue names is known for nearly all of what it does. First fit decides.

type Verb = readonly [verb: RegExp, direction: Direction, latency: Latency];

const VERBS: readonly Verb[] = [
  [
    /^(?:Batch|Bulk|Admin)?(?:Delete|Terminate|Remove|Deregister|Detach|Disassociate|Purge|Cancel|Destroy|Drop|Release|Withdraw|Unassign|Unlink|Unsubscribe|Unregister|Leave|Evict|Deprovision|Abort|Undeploy|Disconnect|Clear|Wipe|Forget|Uninstall|Unshare|Unpeer|Schedule\w*Deletion)/,
    'destructive',
    'rollout',
  ],
  [
    /^(?:Batch|Bulk|Admin)?(?:Revoke|Disable|Stop|Suspend|Deny|Block|Reject|Deactivate|Pause|Retire|Lock|Isolate|Expire|Unauthorize|Opt[oO]ut|Quarantine|Drain|Enter|Invalidate|Limit)/,
    'restrictive',
    'rollout',
  ],
  [/^(?:Rotate|Renew|Regenerate)/, 'changing', 'latent'],
  [
    /^(?:Batch|Bulk|Admin)?(?:Update|Modify|Put|Set|Replace|Change|Configure|Switch|Restore|Apply|Edit|Move|Transfer|Rename|Resize|Execute|Deploy|Redeploy|Publish|Override|Merge|Split|Decrease|Adjust|Swap|Reimport|Upload|Import|Rollback|Reset|Refresh|Migrate|Rebuild|Reload)/,
    'changing',
    'rollout',
  ],
  [
    /^(?:Authorize|Allow|Enable|Grant|Attach|Associate|Activate|Resume|Accept|Share|Increase|Unlock)/,
    'widening',
    'rollout',
  ],
];

/** Nothing running hangs on these: what is said, kept, looked at or worked out. */
const UNFELT_NOUN =
  /Descriptions?(?:Ingress|Egress)?$|Tags?(?:ging)?(?![a-z])|Snapshots?(?:$|Tier|Attribute)|Backups?(?:$|Plan|Vault|Selection)|Reports?$|Quer(?:y|ies)$|Analys[ie]s|Dashboards?|Insights?(?![a-z])|Contacts?(?:Information)?$|Preferences?$|Annotations?$|Comments?$|Export(?:Task|Job)?s?$|Findings?(?:$|Feedback|Filter|Status)|Assessments?$|Recommendations?|Bookmarks?|Favorites?|Notes?$|Anomal(?:y|ies)|Budget|CostCategor|Support|Case$|Workbook|Theme|Recycle|Archive(?:Rule)?$|Uploads?$|Samples?$|EventSubscription|LoggingConfiguration|AccessLog|MonitoringConfiguration|Maintenance|Feedback|Favorite|Metadata(?:Model|Generation)|(?:Termination|Deletion|Delete|Change|ScaleIn)Protection|(?:Analytics|Inventory|Metrics|IntelligentTiering)Configuration|StorageLens|MetricsCollection/;

/** Versions and images that are thrown away were mostly not in use. */
const UNFELT_DELETED =
  /^(?:Batch)?Delete\w*(?:Versions?|Revisions?|Parameter ?Groups?|Drafts?|Templates?)$/;

const NOUNS: readonly (readonly [noun: RegExp, changeClass: ChangeClass])[] = [
  [
    /Lifecycle|Retention|Versioning|Replication(?!Group|Instance|Task)|TimeToLive/,
    'retention-changed',
  ],
  [
    /Scal(?:ing|able)|Capacit(?:y|ies)|Concurrency|Throughput|Shard|Quota|ReplicaCount|Replicas?$|NodeCount|Sizing|Warm|UsageLimit|BrokerCount|ThrottleSettings|ServiceLimit/,
    'capacity-cut',
  ],
  [
    /HostedZone|RecordSet|Resolver|HealthCheck|HttpNamespace|PrivateDns|PublicDns|DnsNamespace|TrafficPolicy|RoutingControl|FirewallDomain|Nameserver|DelegationSet|DomainName(?:Server)?s?$/,
    'dns-changed',
  ],
  [
    /Listener|LoadBalancer|Distribution|WebA[Cc][Ll]|IPSet|RegexPattern|RuleGroup|\bRules?Priorit|Stage(?!Transition)|Integration|RestApi|HttpApi|Authorizer|ApiMapping|BasePath|UsagePlan|GatewayResponse|Origin|CachePolic|Accelerator|EndpointGroup|VirtualGateway|VirtualRouter|VirtualService|(?<!Transit|Local)GatewayRoute|GraphqlApi|FunctionUrl|Protection$|CustomDomain|KeyGroup|VpcLink|ApiKey/,
    'edge-changed',
  ],
  [/Targets?$|TargetGroup|TrafficSource/, 'targets-changed'],
  [
    /Certificate|Secret|Credential|Token|Password|SigningProfile|OpenID|SAML|TrustStore|TrustAnchor|(?:Access|Api|Signing|Encryption|Master|Public|Private|Imported|Kms)Keys?|Keys?(?:$|Material|Deletion|Rotation)|Encryption|Crl(?![a-z])/,
    'key-changed',
  ],
  [
    /Polic(?:y|ies)|Permission|Role(?![a-z])|Roles$|Grant|Principal|Membership|UserPool|IdentityPool|Entitlement|AccessPoint|AccessEntry|AccessControl|AccountAssignment|AccessAssociation|ResourceShare|Boundary|Users?$|Groups?Membership|IdentityProvider|PodIdentity|AppClient|UserPoolClient|Delegat|BlockPublicAccess|PublicAccessBlock|Acl(?:$|s$)|Cors|ACL$/,
    'permission-cut',
  ],
  [
    /Routes?(?:$|Table|Server|Propagation|Associ|Calculat)|Gateway|Peering|VpcEndpoint|NetworkAcl|SecurityGroup|Ingress|Egress|Subnet|Vpc|Vpn|Firewall|PrefixList|NetworkInterface|Address(?:es)?(?:$|Attribute)|CidrBlock|MountTarget|VirtualInterface|(?:Core|Global|Local)Network|Attachment$|Dhcp|Bgp|Interconnect|DirectConnect|Connection(?:s|Lag)?$|Lag$|ServiceNetwork|Tunnel/,
    'network-changed',
  ],
  [
    /Alarm|Monitor|Detector|Trail|LogGroup|LogStream|Logging|MetricFilter|MetricStream|FlowLog|Canary|Recorder|DeliveryChannel|SecurityHub|EventDataStore|EventSelector|AccountFilter|LogDestination|Probe|Telemetry/,
    'watching-off',
  ],
  [
    /Schedules?(?![a-z])|Triggers?$|Cron|MaintenanceWindow|StageTransition|EventRule/,
    'schedule-off',
  ],
  [
    /Subscription|EventSourceMapping|Topic|Queue|Destination|Pipe(?![a-z]*line)|Stream(?:s|ingConfig)?$|Delivery|Notification|EventBus|ApiDestination|Rules?$|Consumer|Mailbox|ReceiptRule|ConfigurationSet|EmailIdentity|Sender|PhoneNumber/,
    'messaging-changed',
  ],
  [
    /Deployment|Release(?![a-z])|Revision|Alias(?:es)?$|Pipeline|Stack|ChangeSet|Code$|Branch|Component|StateMachine|Workflow|Addon|Experience|Bot(?![a-z])|Agent|Model(?![a-z])|Blueprint|Artifact|PackageVersion|Extension/,
    'deployed',
  ],
  [
    /Parameters?$|Settings?$|Config(?:uration)?s?$|Options?$|Attributes?$|Profile|Feature|Flag|Environment/,
    'reconfigured',
  ],
  [
    /Tables?$|Database|DBShard|Index(?:es)?$|Collection|Dataset|Buckets?$|Volume|FileSystem|Keyspace|Repositor(?:y|ies)|Images?$|Objects?$|Catalog|Ledger|Graph$|Type$|Schema/,
    'data-removed',
  ],
  [
    /Instances?|Cluster|Nodes?|Broker|Server|Tasks?$|Services?$|Functions?$|Fleet|Pool$|Jobs?$|Endpoints?$|App(?:lication)?s?$|Container|Compute|Replication(?:Group|Instance|Task)|Proxy|Daemon|Connector|Crawler|Worker|Domain$|Cache$|Warehouse|Workspace|Workgroup|Execution|Host/,
    'compute-stopped',
  ],
];

/** What one and the same noun means for what is taken away, started anew or set. */
const ONLY_TAKEN: Partial<Readonly<Record<ChangeClass, ChangeClass>>> = {
  'data-removed': 'reconfigured',
  'compute-stopped': 'reconfigured',
};

const AT_ONCE: ReadonlySet<ChangeClass> = new Set([
  'network-changed',
  'targets-changed',
  'edge-changed',
  'compute-stopped',
  'data-removed',
]);
/** Felt when next needed. */
const LATE: ReadonlySet<ChangeClass> = new Set(['permission-cut', 'key-changed', 'schedule-off']);
/** Another rule, route or association changes what those before it do. */
const ADDED_BUT_FELT =
  /^(?:Batch)?(?:Create|Add|Associate|Attach)\w*(?:Routes?|Rules?|Entr(?:y|ies)|PrefixListReference|Override)$|^Associate\w*(?:W[Ee][Bb]ACL|Resolver\w*|RuleGroup\w*|SecurityGroup\w*|RouteTable|DhcpOptions)$/;

/** Whatever it is done to, it is away for a while, and another when it comes back. */
const REPLACED = /^(?:Reboot|Restart|Failover|Switchover|Promote|Upgrade)/;
const REPLACING: ChangeKind = {
  changeClass: 'compute-replaced',
  latency: 'instant',
  direction: 'restrictive',
};
const CREATED: ChangeKind = { changeClass: 'created', latency: 'rollout', direction: 'adding' };

/** What a call does, by the shape of its name alone. */
export function shapeOfCall(name: string): ChangeKind {
  const noun = NOUNS.find(([shape]) => shape.test(name))?.[1] ?? null;
  if (UNFELT_NOUN.test(name) || UNFELT_DELETED.test(name)) {
    return { changeClass: 'reconfigured', latency: 'latent', direction: 'tuning' };
  }
  if (ADDED_BUT_FELT.test(name) && noun !== null) {
    return { changeClass: noun, latency: 'instant', direction: 'changing' };
  }
  if (REPLACED.test(name)) return REPLACING;
  const verb = VERBS.find(([shape]) => shape.test(name));
  if (verb === undefined) return CREATED;
  const [, direction, latency] = verb;
  const isTaken = direction === 'destructive' || /^(?:Stop|Suspend|Pause|Disable)/.test(name);
  if (direction === 'widening') return widened(noun);
  const own = noun === null ? null : isTaken ? noun : (ONLY_TAKEN[noun] ?? noun);
  const changeClass = own ?? (isTaken || direction === 'restrictive' ? 'removed' : 'reconfigured');
  return { changeClass, latency: latencyOf(changeClass, latency), direction };
}

function latencyOf(changeClass: ChangeClass, usual: Latency): Latency {
  if (AT_ONCE.has(changeClass)) return 'instant';
  if (changeClass === 'retention-changed') return 'overnight';
  return LATE.has(changeClass) ? 'latent' : usual;
}

function widened(noun: ChangeClass | null): ChangeKind {
  if (noun === 'permission-cut') {
    return { changeClass: 'permission-widened', latency: 'instant', direction: 'widening' };
  }
  const isReached = noun === 'network-changed' || noun === 'edge-changed' || noun === 'dns-changed';
  return isReached ? { changeClass: noun, latency: 'instant', direction: 'widening' } : CREATED;
}
