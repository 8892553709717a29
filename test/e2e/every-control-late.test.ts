import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORM_IDS, openFormAction, TAP_IDS, tapAction } from '../../src/slack/ids.ts';
import { botPosts } from '../support/e2e/bot-posts.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import type { TestPerson } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { told, toldTo } from '../support/e2e/told.ts';
import { until } from '../support/poll.ts';

/** What is left to do after the end; everything else has to wait until it is reopened. */
const STILL_OPEN: readonly string[] = ['edit-section', 'evaluation', 'reopen'];
/** These change the incident, so after its end they only say why not. */
const CHANGING: readonly string[] = [
  'take-ownership',
  'approve-plan',
  'roll-back',
  'gather-again',
  'choose-playbook',
  'tick-check',
  'untick-check',
  'dismiss-similar',
  'accept-incident',
  'snooze-nudges',
  'snooze-till-tomorrow',
  'stop-nudges',
];

/** Its answer takes the place of the message that it is on. */
const IN_PLACE = 'cancel-lookup';

const aimOf = (name: string): string => {
  if (/plan|roll-back|waiver|implemented/.test(name)) return 'plan';
  if (name === 'choose-playbook') return 'playbook';
  return name === 'edit-section' ? 'section' : 'hypothesis';
};

/** Buttons stay on old messages, and on screens that nobody has looked at since. */
describe('a button of an incident that was closed meanwhile', () => {
  let world: BotWorld;
  let ana: TestPerson;
  let ben: TestPerson;
  let incidentId: string;
  let version: number;

  beforeAll(async () => {
    world = await startBotWorld({ world: { seed: roomsSeed('late'), rateLimits: 'off' } });
    ana = world.person('ana', 'late');
    ben = world.person('ben', 'late');
    ({ incidentId } = await openSession(ana, 'website down'));
    await ana.seeMessage('Highest: ');
    await ana.tap('More');
    await ana.fill('Move to another step', { 'Where to?': 'solve', Why: 'We know.' });
    await ana.fill('Plan a solution', {
      'What will be done?': 'Start it.',
      'What could go wrong?': 'Nothing.',
      'What is the way back?': 'Stop it.',
    });
    const { hypotheses, plans } = await stateOf(world, incidentId);
    await ana.say('/triage close enough');
    await told(ana, /Closed/);
    await untilQuiet(world);
    const items: Readonly<Record<string, string>> = {
      hypothesis: hypotheses[0]?.hypothesisId ?? '',
      plan: plans[0]?.planId ?? '',
      playbook: 'generic',
      section: 'lessons-0',
    };
    const value = (name: string) => `${incidentId}|${items[aimOf(name)]}`;
    const forms = FORM_IDS.map((form) => ({
      actionId: openFormAction(form),
      value: value(form),
      label: `form ${form}.`,
    }));
    const taps = TAP_IDS.map((tap) => ({
      actionId: tapAction(tap),
      value: value(tap),
      label: `tap ${tap}.`,
    }));
    await botPosts(world, ana, forms);
    await botPosts(
      world,
      ana,
      taps.filter(({ label }) => !label.includes(IN_PLACE)),
    );
    await botPosts(
      world,
      ana,
      taps.filter(({ label }) => label.includes(IN_PLACE)),
    );
    ({ version } = await stateOf(world, incidentId));
  });
  afterAll(() => world.close());

  const noForm = () => ben.view().modal === null;
  /** In a window, for the card is in the channel. */
  const newlyTold = async (label: string) => {
    await ben.tap(label);
    const sentence = await ben.seeWindow(/./);
    await ben.closeForm();
    return sentence;
  };

  it.each(
    FORM_IDS.filter((form) => !STILL_OPEN.includes(form)),
  )('says at once that it is over instead of opening the form %s', async (form) => {
    expect(await newlyTold(`form ${form}.`)).toMatch(/was (already )?closed by|is over/);
    expect(noForm()).toBe(true);
  });

  it.each(STILL_OPEN)('opens the form %s, which is for afterwards', async (form) => {
    await ben.tap(`form ${form}.`);
    await ben.seeForm();
    await ben.closeForm();
  });

  it.each(CHANGING)('says why it does nothing: %s', async (tap) => {
    expect(await newlyTold(`tap ${tap}.`)).toMatch(
      /was (already )?closed by|not in the playbook any more/,
    );
    expect(noForm()).toBe(true);
  });

  it('says of a lookup that nobody remembers that nothing was cancelled, in its place', async () => {
    await ben.tap('tap cancel-lookup.');
    await ben.seeMessage('nothing was cancelled');
  });

  it.each(
    TAP_IDS.filter((tap) => tap !== IN_PLACE && !CHANGING.includes(tap)),
  )('shows something, or says why not: %s', async (tap) => {
    const before = toldTo(ben);
    await ben.tap(`tap ${tap}.`);
    const seen = await until(
      'an answer',
      () => toldTo(ben).findLast((text, index) => text !== before[index]) ?? !noForm(),
    );
    expect(String(seen)).not.toMatch(/went wrong|undefined|\[object/);
    await untilQuiet(world);
    for (; !noForm(); ) await ben.closeForm();
  });

  it('leaves the record as it was, and nothing half-done', async () => {
    await untilQuiet(world);
    expect((await stateOf(world, incidentId)).version).toBe(version);
    expect(world.logLines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
