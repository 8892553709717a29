import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../src/simulator/workspace/json.ts';
import { MANIFEST } from '../../src/slack/manifest.ts';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import type { TestPerson } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { until } from '../support/poll.ts';

const HOSTILE =
  '![](@U0ANA) ![](#C0INC) ![](slack_date:2026-01-01) <!channel> <@U0ANA> ::: {.callout} # x [l](https://evil.example) | a |';
const CANVAS_TYPE = 'application/vnd.slack-docs';

describe('the document as a canvas', () => {
  let world: BotWorld;
  let ana: TestPerson;

  afterEach(() => world.close());

  async function start(seed: { isPaidPlan?: boolean } = {}, grantedScopes?: readonly string[]) {
    world = await startBotWorld({
      world: {
        seed: { ...roomsSeed('rooms', 'later'), ...seed },
        rateLimits: 'off',
        ...(grantedScopes && { grantedScopes }),
      },
      pauses: { unknownOutcomeWaitMs: 300 },
    });
    ana = world.person('ana', 'rooms');
  }
  const faults = () => world.demo.workspace.faults;
  const calls = (method: string) => world.demo.workspace.journal.calls(method);
  const uploads = () =>
    ana.messages().filter(({ files }) => files.some(({ name }) => name.endsWith('.md')));
  const canvases = () =>
    ana.messages().flatMap(({ files }) => files.filter(({ mimetype }) => mimetype === CANVAS_TYPE));
  const canvasText = async () => {
    const link = await until('a canvas', () => canvases()[0]?.id);
    const { pageUrl, teamId } = world.demo.workspace;
    return (await fetch(new URL(`/docs/${teamId}/${link}`, pageUrl))).text();
  };
  const closed = async (reason = 'the provider had an outage') => {
    const { incidentId } = await openSession(ana, 'checkout returns 5xx');
    // What is still gathered would be news to the canvas.
    await untilQuiet(world);
    await ana.say(`/triage close ${incidentId} ${reason}`);
    await published(incidentId);
    return incidentId;
  };
  const published = async (incidentId: string, count = 1) => {
    await until('the upload', () => uploads().length === count);
    await untilQuiet(world);
    return stateOf(world, incidentId);
  };
  const edit = async (incidentId: string, text: string) => {
    await ana.tap('Edit the document', incidentId);
    await ana.seeForm('Edit the document');
    await ana.tapInForm('Edit: Root cause');
    await until('the field', () => /"input".*"Root cause"/.test(JSON.stringify(ana.view().modal)));
    expect(await ana.submit({ 'Root cause': text })).toEqual({});
  };
  const errors = () => world.logLines.filter(({ level }) => level === 'error');

  describe('where the workspace has them', () => {
    beforeEach(() => start());

    it('is made once, for the channel, and linked in the thread and on the card', async () => {
      const incidentId = await closed();
      const { publication } = await stateOf(world, incidentId);

      expect(canvases()).toHaveLength(1);
      expect(canvases()[0]?.title).toBe(`Incident ${incidentId}: checkout returns 5xx`);
      expect(publication?.canvasLink).toMatch(/\/docs\/T\w+\/F\w+$/);
      expect(calls('canvases.create')[0]?.args['channel_id']).toBeUndefined();
      await ana.seeMessage('The same as a canvas');
      const root = await ana.seeMessage('Open the canvas');
      expect(JSON.stringify(root.blocks)).toContain(String(publication?.canvasLink));
      const text = await canvasText();
      expect(text).toContain('## In short');
      expect(text).not.toMatch(/^# /m);
    });

    it('keeps what people wrote, and gets what is new once, at its end', async () => {
      const incidentId = await closed();
      const canvasId = String(canvases()[0]?.id);
      const write = (text: string, isAtTop: boolean) =>
        world.demo.workspace.perform(ana.id, {
          type: 'write-in-canvas',
          canvasId,
          text,
          isAtTop,
        });
      await write('Read this first, says Ana.', true);
      await write('And this last, says Ana.', false);
      await edit(incidentId, `The provider lost a rack. ${HOSTILE}`);
      await published(incidentId, 2);
      await ana.tap('Write the document again', incidentId);
      await untilQuiet(world);

      const text = await canvasText();
      expect(text.startsWith('Read this first, says Ana.')).toBe(true);
      expect(text).toContain('And this last, says Ana.\n\n## Added ');
      expect(text.match(/^## Added /gm)).toHaveLength(1);
      expect(text.split('## Added ')[1]).toContain('> The provider lost a rack.');
      expect(calls('canvases.create')).toHaveLength(1);
      expect(calls('canvases.edit')).toHaveLength(1);
    });

    it('shows hostile text as text', async () => {
      const incidentId = await closed(HOSTILE);
      await edit(incidentId, HOSTILE);
      await published(incidentId, 2);

      const text = await canvasText();
      expect(text).toContain('slack\\_date');
      expect(text).not.toMatch(/!\[\]\(|<[!@]|\]\(https:\/\/evil|^:::|^# /m);
    });

    it.each([
      'canvases.create',
      'canvases.edit',
    ])('has everything once when the answer to %s is lost', async (method) => {
      faults().nextCalls(method, { kind: 'drop-reply' });
      const incidentId = await closed();
      await edit(incidentId, 'The provider lost a rack.');
      const { publication } = await published(incidentId, 2);

      expect(calls(method)).toHaveLength(1);
      expect((await canvasText()).match(/^## Added /gm)).toHaveLength(1);
      expect(publication?.canvasLink).not.toBeNull();
      expect(errors()).toEqual([]);
    });

    it('is not made again for whoever deleted it', async () => {
      const incidentId = await closed();
      faults().nextCalls('canvases.edit', { kind: 'error', error: 'canvas_not_found' });
      await edit(incidentId, 'The provider lost a rack.');
      const { publication } = await published(incidentId, 2);

      expect(publication?.canvasLink).toBeNull();
      expect(calls('canvases.create')).toHaveLength(1);
      expect(errors()).toEqual([]);
    });

    it.each([
      { answer: 'takes it', refused: [], words: 'The same as a canvas', edits: 1 },
      { answer: 'refuses it', refused: ['restricted_action'], words: 'stays as it was', edits: 0 },
    ])('after a move is closed to the channel that was left: Slack $answer', async (row) => {
      const incidentId = await closed();
      await ana.say(`/triage reopen ${incidentId} It is back.`);
      await ana.seeMessage('It is back.');
      for (const error of row.refused) {
        faults().nextCalls('canvases.access.delete', { kind: 'error', error });
      }
      await ana.say(`/triage move <#${world.demo.workspace.channelId('later')}|later>`);
      const there = world.person('ana', 'later');
      await there.seeMessage(incidentId);
      await there.say('/triage close Fixed for good.');
      await there.seeMessage(row.words);
      await untilQuiet(world);

      const [removal, ...more] = calls('canvases.access.delete');
      expect(JSON.stringify(removal?.args['channel_ids'])).toContain(ana.channelId);
      expect(more).toEqual([]);
      expect(calls('canvases.edit')).toHaveLength(row.edits);
      expect(errors()).toEqual([]);
    });

    it('does not hold up the file when Slack never gets it done', async () => {
      const outage = { kind: 'status', status: 500, isApplied: false } as const;
      faults().nextCalls('canvases.create', outage, 10);
      const incidentId = await closed();
      const { publication } = await stateOf(world, incidentId);

      expect(publication).toMatchObject({ canvasLink: null });
      expect(uploads()).toHaveLength(1);
    });

    it.each([
      'restricted_action',
      'canvas_disabled_user_team',
      'canvas_creation_failed',
    ])('is left out, without a word in the thread, when Slack says %s', async (error) => {
      faults().nextCalls('canvases.create', { kind: 'error', error });
      const incidentId = await closed();
      const { publication } = await stateOf(world, incidentId);

      expect(publication?.permalink).not.toBeNull();
      expect(publication?.canvasLink).toBeNull();
      expect(ana.findMessage('could not')).toBeUndefined();
      expect(ana.findMessage('canvas')).toBeUndefined();
      expect(refusals()).toEqual([{ incidentId, refused: error }]);
      expect(errors()).toEqual([]);
    });
  });

  const refusals = () =>
    world.logLines
      .filter(({ message }) => message.includes('no canvas'))
      .map(({ fields }) => fields as Json);

  it('is not there on a free team, where the file is all the same', async () => {
    await start({ isPaidPlan: false });
    const incidentId = await closed();
    await edit(incidentId, 'The provider lost a rack.');
    const { publication } = await published(incidentId, 2);

    expect(publication?.canvasLink).toBeNull();
    expect(refusals()).toEqual([
      { incidentId, refused: 'free_teams_cannot_create_non_tabbed_canvases' },
    ]);
    expect(errors()).toEqual([]);
  });

  it('is not there for an app that was installed before it could make one', async () => {
    const before = MANIFEST.oauth_config.scopes.bot.filter(
      (scope) => !/^canvases|^files:read/.test(scope),
    );
    await start({}, before);
    const incidentId = await closed();

    expect((await stateOf(world, incidentId)).publication?.canvasLink).toBeNull();
    expect(refusals()).toEqual([{ incidentId, refused: 'missing_scope' }]);
    expect(uploads()).toHaveLength(1);
  });
});
