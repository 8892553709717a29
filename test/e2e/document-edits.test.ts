import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../support/e2e/bot-world.ts';
import { type TestPerson, textIn } from '../support/e2e/person.ts';
import { roomsSeed } from '../support/e2e/rooms.ts';
import { openSession, stateOf, untilQuiet } from '../support/e2e/sessions.ts';
import { until } from '../support/poll.ts';

const HOSTILE = '# Not a heading <!channel> [link](https://evil.example) \u202Egnp.exe';

describe('the document of a closed incident', () => {
  let world: BotWorld;
  let ana: TestPerson;
  let ben: TestPerson;
  let incidentId: string;

  const documentOf = async () => (await world.store().readDocument(incidentId))?.markdown ?? '';
  const textOfForm = (person: TestPerson) => textIn(person.view().modal?.view['blocks']);
  const openSection = async (person: TestPerson, title: string) => {
    await person.tap('Edit the document', incidentId);
    await person.seeForm('Edit the document');
    await person.tapInForm(`Edit: ${title}`);
    await until(`the field ${title}`, () => hasField(person, title));
  };

  beforeAll(async () => {
    world = await startBotWorld({ world: { seed: roomsSeed('edits') } });
    ana = world.person('ana', 'edits');
    ben = world.person('ben', 'edits');
    ({ incidentId } = await openSession(ana, 'checkout returns 5xx'));
    await ana.say(`/triage close ${incidentId} the provider had an outage`);
    await ana.seeMessage('Closed');
    await untilQuiet(world);
  });
  afterAll(() => world.close());

  it('takes the words of a person, with their name, and is published again', async () => {
    await openSection(ana, 'Root cause');
    expect(await ana.submit({ 'Root cause': 'The provider lost a rack.' })).toEqual({});
    await until('the edit is told', async () => (await documentOf()).includes('lost a rack'));
    await untilQuiet(world);

    expect(await documentOf()).toContain('> The provider lost a rack.\n\nEdited ');
    expect(await documentOf()).toMatch(/Edited \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC by Ana/);
    expect(await documentOf()).toContain('**As recorded:**\n\n_Not recorded: the root cause');
    const published = await until('the second upload', () => {
      const uploads = ana.messages().filter(({ files }) => files.some(isDocument));
      return uploads.length === 2 ? uploads : null;
    });
    expect(ana.textOf(published[1]!)).toContain('edited: Root cause');
  });

  it('tells the second of two what the first one changed, and keeps what they typed', async () => {
    await openSection(ana, 'Lessons');
    await openSection(ben, 'Lessons');
    await ben.submit({ Lessons: 'Two providers would have helped.' });
    await until(
      'the edit of Ben',
      async () => (await stateOf(world, incidentId)).edits.length === 2,
    );
    await ana.submit({ Lessons: `Watch the status page. ${HOSTILE}` });

    const form = await ana.seeForm('Edit the document');
    expect(textOfForm(ana)).toContain(`@${ben.id} changed “Lessons”`);
    expect(textOfForm(ana)).toContain('Two providers would have helped.');
    expect(JSON.stringify(form.view)).toContain('Watch the status page.');

    expect(await ana.submit({ Lessons: `Two providers. ${HOSTILE}` })).toEqual({});
    await until('the edit of Ana', async () => (await documentOf()).includes('Two providers. '));
    expect(await documentOf()).not.toContain('\n# Not a heading');
    expect(await documentOf()).not.toMatch(/<!channel>|\]\(https:\/\/evil|\u202E/);
    const json = JSON.parse((await world.store().readDocument(incidentId))?.json ?? '');
    expect(json.edits).toMatchObject([
      { section: 'root-cause', by: { userId: ana.id } },
      { section: 'lessons', revision: 1, by: { userId: ben.id } },
      { section: 'lessons', revision: 2, by: { userId: ana.id } },
    ]);
  });

  it('holds what people say about how they worked, beside what the record says', async () => {
    await ana.tap('Evaluate the process', incidentId);
    expect(await ana.submit({})).toEqual({
      effectiveness: 'Nothing was written yet. One answer is enough.',
    });
    await ana.submit({ 'Where did the time go?': 'Nobody knew the provider’s phone number.' });
    await until('the evaluation', async () => (await documentOf()).includes('phone number'));

    expect(await documentOf()).toContain('**Safety**\n\n- No plan went in.');
  });

  it('is as recorded again when somebody empties their words', async () => {
    await openSection(ben, 'Root cause');
    await ben.submit({ 'Root cause': '' });
    await until('the words are gone', async () => !(await documentOf()).includes('lost a rack'));
    expect(await documentOf()).toContain('## Root cause\n\n_Not recorded');
    await untilQuiet(world);
    expect(world.logLines.filter((line) => line.level === 'error')).toEqual([]);
  });
});

function hasField(person: TestPerson, title: string): boolean {
  const blocks = (person.view().modal?.view['blocks'] ?? []) as { type: string; label?: unknown }[];
  return blocks.some(({ type, label }) => type === 'input' && textIn(label) === title);
}

function isDocument({ name }: { readonly name: string }): boolean {
  return name.endsWith('.md');
}
