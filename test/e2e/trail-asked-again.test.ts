import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { told } from '../support/e2e/told.ts';

const ANSWERED = /noor\.haddad@northwind\.example stopped i-0c4e8d21f6ab97530/;
const QUESTION = '/trail who stopped i-0c4e8d21f6ab97530 since 3h';

describe('a question that somebody has just asked', () => {
  let world: BotWorld;

  beforeAll(async () => {
    world = await startBotWorld();
  });
  afterAll(() => world.close());

  const lookups = () =>
    world.demo.aws.calls.filter(({ operation }) => operation === 'LookupEvents').length;

  it('is answered to the next person without asking AWS, also by a bot that was started anew', async () => {
    const [ana, ben] = [world.person('ana'), world.person('ben')];
    await ana.say(QUESTION);
    await told(ana, ANSWERED);
    const before = lookups();

    await world.restartBot();
    await ben.say(QUESTION);
    await told(ben, ANSWERED);

    expect(before).toBeGreaterThan(0);
    expect(lookups()).toBe(before);
  });
});
