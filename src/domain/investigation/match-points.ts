import type { ChangeClass, ChangeKind } from './change-class.ts';
import type { Change } from './change-set.ts';
import { lagWeight, lagWords } from './lag.ts';
import { isOfLayer } from './layer.ts';
import { type Point, sumOf } from './point.ts';
import { changesRefuser, type Refuser } from './refusal.ts';
import type { Tie } from './relations.ts';
import type { Scene, View } from './scene.ts';
import { SYMPTOM_WORDS } from './symptom.ts';
import { FITS, NAMED_FREELY, RESTART, SHARED, TIE, WEIGHTS } from './weights.ts';

/** The alarm that the change explains best, and how many others it is tied to as well. */
export function matchPoints(change: Change, scene: Scene): readonly Point[] {
  const { views, isWidespread } = scene;
  const names = namesOf(change);
  const matches = views.map((view) => {
    const tie = tiePoint(names, change, view);
    const points = [
      tie.point,
      fitPoint(change.kind, view, scene),
      ...layerPoints(change, view),
      ...refusalPoints(change, view, tie.isTied),
      ...(tie.isTied ? restartPoints(change, view, scene) : []),
    ];
    return { points, isTied: tie.isTied, sum: sumOf(points) };
  });
  const best = matches.reduce((a, b) => (b.sum > a.sum ? b : a));
  const tiedCount = matches.filter(({ isTied }) => isTied).length;
  if (isWidespread && tiedCount === 0 && SHARED.has(change.kind.changeClass)) {
    const words = 'the alarms have nothing in common but what they all stand on';
    return [...best.points, { weight: WEIGHTS.widespread, words }];
  }
  if (tiedCount < 2) return best.points;
  const weight = WEIGHTS.severalAlarms * ((tiedCount - 1) / (views.length - 1));
  return [...best.points, { weight, words: `it is tied to ${tiedCount} of the alarms` }];
}

/** Settings whose value names another thing: a record of DNS, a group, a way out. */
const NAMING = /^(?:name|security group|from group|gateway|NAT gateway|subnet|parameter group)$/;

function namesOf({ record }: Change): readonly string[] {
  const named = record.details.filter(({ label }) => NAMING.test(label));
  return [
    ...record.resources.map(({ name }): string => name),
    ...named.flatMap(({ value }) => value.split(', ')),
  ];
}

/** There are few of them, and what they carry is named in no call: networks, ways out, policies from above. */
const BROAD =
  /^ec2\.\S+ \w*(?:NetworkAcl|Route|NatGateway|InternetGateway|TransitGateway|Peering|VpcEndpoint|PrefixList|Subnet|Dhcp|Vpn|VpcAttribute|BlockPublicAccessOptions)|^(?:organizations|network-firewall|route53resolver|directconnect|networkmanager)\./;

function tiePoint(
  names: readonly string[],
  { record, kind: { changeClass } }: Change,
  { relations, isAccountWide }: View,
): { readonly point: Point; readonly isTied: boolean } {
  const tie = relations.tieOf(names);
  const word = relations.sharedWord(names);
  const byWord = word === null ? 0 : WEIGHTS.sharedWord * word.weight;
  const byTie = tie === null ? 0 : TIE.most + TIE.slope * Math.log(tie.strength);
  if (tie !== null && byTie >= byWord && byTie >= TIE.least) {
    return { point: { weight: byTie, words: tieWords(tie) }, isTied: byTie >= TIE.telling };
  }
  if (word !== null && byWord >= TIE.least) {
    const words = `what it changed and the alarm share the name “${word.word}”`;
    return { point: { weight: byWord, words }, isTied: byWord >= TIE.telling };
  }
  if (isAccountWide) {
    const words = 'the alarm watches the whole account';
    return { point: { weight: 0, words }, isTied: false };
  }
  const isBroad = BROAD.test(`${record.eventSource} ${record.eventName}`);
  const other = NAMED_FREELY.has(changeClass) ? null : relations.otherSystem(names);
  if (other !== null) {
    const words = `by its name what it changed belongs to something else (“${other}”)`;
    return { point: { weight: WEIGHTS.otherSystem, words }, isTied: false };
  }
  if (isBroad) {
    const words = 'much goes through what it changed, and no call names that together with it';
    return { point: { weight: WEIGHTS.untiedBroad, words }, isTied: false };
  }
  const weight = SHARED.has(changeClass) ? WEIGHTS.untiedShared : WEIGHTS.untied;
  const words = 'nothing on record ties what it changed to what the alarm watches';
  return { point: { weight, words }, isTied: false };
}

function tieWords({ through, strength, byFailure }: Tie): string {
  if (byFailure && strength >= 0.8) return `calls that fail since then name ${through}`;
  if (byFailure) return `what it changed hangs together with ${through}, which failing calls name`;
  return strength >= 0.8
    ? `it changed ${through}, which the alarm watches`
    : `what it changed was called together with ${through}`;
}

/** The table in words, taken apart once. */
const SHOWN_AS = new Map(
  Object.entries(FITS).map(([changeClass, { typical, possible }]) => [
    changeClass,
    { typical: typical.split(' '), possible: possible.split(' ') },
  ]),
);

function layerPoints({ record, kind }: Change, { layers, episode }: View): readonly Point[] {
  const isOf = kind.direction !== 'tuning' && isOfLayer(layers, record);
  const isBill = episode.alarm.namespace === 'AWS/Billing';
  const words = isBill
    ? 'the alarm watches what this service costs'
    : 'the metric is named after what it changed';
  return isOf ? [{ weight: WEIGHTS.sameLayer, words }] : [];
}

/** What hardly ever breaks anything typically shows as nothing. */
const NO_FIT: Point = { weight: 0, words: '' };

function fitPoint({ changeClass, direction }: ChangeKind, view: View, scene: Scene): Point {
  const { typical, possible } = SHOWN_AS.get(changeClass) ?? { typical: [], possible: [] };
  const isRefusing = typical.includes('denied');
  const typicalOf =
    isRefusing && view.symptoms.includes('denied')
      ? 'denied'
      : view.symptoms.find((symptom) => typical.includes(symptom));
  const possibleOf = view.symptoms.find((symptom) => possible.includes(symptom));
  const shownAs = typicalOf ?? possibleOf;
  if (shownAs === undefined) {
    return { weight: WEIGHTS.fitUnlikely, words: 'such a change hardly ever shows like this' };
  }
  if (typicalOf !== undefined && direction === 'tuning') return NO_FIT;
  const step = typicalOf === undefined ? WEIGHTS.fitPossible : WEIGHTS.fitTypical;
  // Where something is refused, what fails is no mystery: it is less likely what refuses nothing.
  if (scene.symptoms.includes('denied') && !isRefusing) {
    const words = `it can show as ${SYMPTOM_WORDS[shownAs]}, but something is refused here`;
    return { weight: step - WEIGHTS.notRefusing, words };
  }
  const manner = typicalOf === undefined ? 'can show' : 'typically shows';
  return { weight: step, words: `such a change ${manner} as ${SYMPTOM_WORDS[shownAs]}` };
}

/** Read when something starts: settings, keys, images, templates, parameter groups. */
const READ_AT_START: ReadonlySet<ChangeClass> = new Set([
  'settings-changed',
  'key-changed',
  'data-removed',
  'deployed',
  'reconfigured',
  'removed',
  'permission-cut',
]);

function restartPoints(
  { record, kind }: Change,
  { startedMs }: View,
  { onset, symptoms }: Scene,
): readonly Point[] {
  if (startedMs === null || startedMs <= record.atMs || kind.latency !== 'latent') return [];
  if (!READ_AT_START.has(kind.changeClass)) return [];
  const sinceMs = Math.max(0, onset.earliestMs - startedMs);
  const own = lagWeight(kind.latency, Math.max(0, onset.earliestMs - record.atMs), symptoms[0]);
  const weight = lagWeight('rollout', sinceMs, symptoms[0]) - RESTART.lessThanAtOnce - own;
  const words = `what reads it started anew ${lagWords(sinceMs)} the trouble began`;
  return weight > 0 ? [{ weight, words }] : [];
}

const REFUSING: ReadonlySet<ChangeClass> = new Set(['permission-cut', 'key-changed']);

/** What a bucket or a queue refuses is not on record: those are data events. */
const ON_RECORD = /^(?:iam|kms|organizations|sso)\./;

/** They say no to all of an account or a network; other policies and keys only to whom they name. */
const FOR_ALL: ReadonlySet<Refuser> = new Set(['organization', 'endpoint']);

function refusalPoints(change: Change, view: View, isTied: boolean): readonly Point[] {
  const { record, kind } = change;
  const { isRefused, refusers } = view;
  const changed = refusers.filter((refuser) => changesRefuser(record, refuser));
  if (changed.length > 0) {
    if (!isTied && !changed.some((refuser) => FOR_ALL.has(refuser))) return [];
    const words = 'AWS says what kind of policy or key refuses, and it changed one';
    return [{ weight: WEIGHTS.refuserChanged, words }];
  }
  // New code asks for what nobody granted: that is the caller's own rights, nothing else.
  if (
    refusers.some((refuser) => refuser !== 'identity') ||
    (refusers.length > 0 && REFUSING.has(kind.changeClass))
  ) {
    const words = 'AWS says what kind of policy or key refuses, and it is none of those';
    return [{ weight: WEIGHTS.otherRefuser, words }];
  }
  if (isRefused || !REFUSING.has(kind.changeClass) || !ON_RECORD.test(record.eventSource)) {
    return [];
  }
  return [{ weight: WEIGHTS.noneRefused, words: 'no call is on record that was refused for it' }];
}
