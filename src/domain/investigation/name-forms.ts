const ARN_RESOURCE = /^arn:aws[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:\d{0,12}:(.+)$/;
const ARN_WHOLE = /^arn:aws[a-z-]*:[A-Za-z0-9-]*:[A-Za-z0-9-]*:\d{0,12}:(.+)$/;
/** What CloudFormation and the CDK put behind the names that people chose. */
const GENERATED = /([A-Za-z]|-)(?:[0-9A-F]{8}|(?=[A-Z]*\d)[A-Z0-9]{9,})(?=[^A-Za-z0-9]|$)/g;
/** Queues and repositories are named by an address, too. */
const ADDRESS = /^https?:\/\/[^/]+\/\d{12}\//;
const HASH = /^(?:[0-9a-f]{8,}|\d+)$/;
const VERSION = /:(?:\d+|\$latest|[a-z0-9_-]+)$/;
/** The members of a cache cluster. */
const MEMBER = /(?:-\d{3,4}){1,2}$/;
const SECRET_SUFFIX = /-[a-z0-9]{6}$/;

const FORM_CHARACTERS_MIN = 3;

/** Names come again and again: each is taken apart once. Emptied when full, so that it stays small. */
const NAMES_KNOWN_MAX = 50_000;

function remembering(compute: (name: string) => readonly string[]) {
  const known = new Map<string, readonly string[]>();
  return (name: string): readonly string[] => {
    const before = known.get(name);
    if (before !== undefined) return before;
    if (known.size >= NAMES_KNOWN_MAX) known.clear();
    const found = compute(name);
    known.set(name, found);
    return found;
  };
}

/**
 * The ways in which AWS writes the name of one resource, in small letters: as it stands, without the
 * ARN before it, and its last telling segment. `app/web/1f2e`, `…:loadbalancer/app/web/1f2e` and `web` meet.
 */
export const nameForms = remembering(formsOf);

function formsOf(name: string): readonly string[] {
  const whole = name.toLowerCase();
  const [, inArn = null] = ARN_RESOURCE.exec(whole) ?? [];
  const path = inArn ?? whole;
  const isSecret = whole.includes(':secret:');
  const base = isSecret ? path.replace(SECRET_SUFFIX, '') : path;
  const unversioned = base.replace(VERSION, '');
  // What stands before the last telling segment is a folder that many share.
  const last = unversioned.split(/[/:]/).findLast((segment) => isTelling(segment));
  const group = (last ?? whole).replace(MEMBER, '');
  return [...new Set([whole, base, unversioned, last ?? whole, group])].filter(
    (form) => form.length >= FORM_CHARACTERS_MIN,
  );
}

const KINDS = new Set(
  (
    'app net gwy alarm cluster db function instance key loadbalancer listener log-group policy prod ' +
    'queue role rule secret service security-group subnet table targetgroup task task-definition ' +
    'topic user vpc layer statemachine execution snapshot volume image alias stack changeset aws ' +
    'replicationgroup distribution hostedzone healthcheck nodegroup parameter repository trail ' +
    'assumed-role listener-rule natgateway network-interface parametergroup pg cluster-pg subgrp'
  ).split(' '),
);

/** Not the kind of a resource and not a hash: what people named it. */
function isTelling(segment: string): boolean {
  return segment.length >= FORM_CHARACTERS_MIN && !KINDS.has(segment) && !HASH.test(segment);
}

const STOP_WORDS = new Set(
  (
    'prod prd production live staging stage stg dev test main core app apps web api svc service services ' +
    'fn function lambda handler job jobs queue topic table tbl store db database cluster node instance ' +
    'role policy group tg alb nlb elb lb asg ecs eks ec2 rds sqs sns aws arn the and for high low ' +
    'alarm alarms metric error errors count rate p95 p99 cpu memory disk age latency health unhealthy ' +
    'east west north south central stack resource default target log logs internal public private'
  ).split(' '),
);

const STOP_WORD_CHARACTERS_MAX = Math.max(...[...STOP_WORDS].map(({ length }) => length));

/** A word that things of all systems are called by. */
export function isCommonName(name: string): boolean {
  return name.length <= STOP_WORD_CHARACTERS_MAX && STOP_WORDS.has(name.toLowerCase());
}

/** The words in a name that may say which system it belongs to; not those that AWS put around it. */
export const nameWords = remembering(wordsOf);

function wordsOf(name: string): readonly string[] {
  const [, inArn = null] = ARN_WHOLE.exec(name) ?? [];
  const own = (inArn ?? name.replace(ADDRESS, ''))
    .split(/[/:]/)
    .filter((segment) => isTelling(segment.toLowerCase()));
  const words = own
    .join(' ')
    .replaceAll(GENERATED, '$1')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return [...new Set(words)].filter(
    (word) => word.length >= 3 && !STOP_WORDS.has(word) && !HASH.test(word) && !/^\d/.test(word),
  );
}
