import type { DemoWorld } from '../../../src/cli/demo-world.ts';
import type { EnvelopeRecord } from '../../../src/simulator/workspace/journal.ts';
import type { DoneAction } from './check-history.ts';
import { createPerson, type TestPerson } from './person.ts';

/** What people did in one incident, and which of it the bot acknowledged. */
export interface PeopleAtWork {
  readonly channelId: string;
  /** Grows while they work. */
  readonly actions: () => readonly DoneAction[];
  /** Nobody begins anything new; resolves when Slack has given up on what was under way. */
  stop(): Promise<void>;
}

/** Each waits for an answer before doing the next. */
export const PEOPLE_COUNT = 5;
const PAUSE_MS = 20;
const OPEN_TRIES_MAX = 5;

/**
 * Five people open an incident in this channel and work on it, each as fast as the bot answers:
 * two write notes, one takes it over and looks again, one adds hypotheses, one pins messages.
 */
export function putToWork(world: DemoWorld, channel: string): PeopleAtWork {
  const { workspace } = world;
  const channelId = workspace.channelId(channel);
  const [ana, ben, chidi, dora, noor] = ['ana', 'ben', 'chidi', 'dora', 'noor'].map((name) =>
    createPerson(workspace, name, channelId),
  ) as [TestPerson, TestPerson, TestPerson, TestPerson, TestPerson];
  const done: DoneAction[] = [];
  const pins = new Map<string, 'said' | 'acknowledged'>();
  let isOver = false;
  let incidentId: string | null = null;

  const keepDoing = async (action: (count: number) => Promise<void>): Promise<void> => {
    for (let count = 0; !isOver; count += 1) {
      await action(count);
      await new Promise((wake) => setTimeout(wake, PAUSE_MS));
    }
  };
  const command = async (person: TestPerson, text: string): Promise<EnvelopeRecord | undefined> => {
    await person.say(text);
    return workspace.journal
      .envelopes('slash_commands')
      .findLast(
        ({ payload }) =>
          payload['channel_id'] === channelId &&
          `${String(payload['command'])} ${String(payload['text'])}` === text,
      );
  };
  const note = async (person: TestPerson, text: string): Promise<void> => {
    const envelope = await command(person, `/triage note ${text}`);
    done.push({
      name: text,
      // Any other answer says why it was not taken, as when two incidents are open in the channel.
      isAcknowledged: /Noted\./.test(answerOf(envelope)),
      isIn: ({ event }) => event.type === 'note-added' && event.text === text,
    });
  };
  const take = async (): Promise<boolean> => {
    if (!chidi.hasButton('Take it')) return false;
    const problem = await chidi.tap('Take it');
    done.push({
      name: `${channel} taken`,
      isAcknowledged: problem === null,
      isIn: ({ event }) => event.type === 'owner-changed' && event.ownerId === chidi.id,
    });
    return problem === null;
  };
  const fillIn = async ({ label, fields, isIn }: Form): Promise<boolean> => {
    if (!dora.hasButton(label)) return false;
    // Of a tap whose form came when nobody waited for it any more.
    if (dora.view().modal !== null) await dora.closeForm();
    await dora.tap(label);
    while (dora.view().modal === null && !isOver) await soon();
    if (dora.view().modal === null) return false;
    await dora.submit(fields);
    const isAcknowledged = dora.view().modal === null;
    if (!isAcknowledged) await dora.closeForm();
    done.push({ name: `${channel} ${label} ${Object.values(fields)[0]}`, isAcknowledged, isIn });
    return isAcknowledged;
  };
  const pin = async (text: string): Promise<void> => {
    const root = noor.messages().find((message) => message.text.includes(incidentId ?? 'RT-'));
    if (root === undefined) return;
    await noor.say(text, root.threadTs ?? root.ts);
    const said = noor.findMessage(text);
    if (said === undefined) return;
    await noor.react(said.ts, 'pushpin');
    pins.set(said.ts, 'said');
  };

  const work = (async () => {
    for (let tries = 0; incidentId === null && !isOver && tries < OPEN_TRIES_MAX; tries += 1) {
      const envelope = await command(ana, `/triage ${channel} is slow sev3`);
      incidentId = /RT-[0-9A-Z]{5}/.exec(answerOf(envelope))?.[0] ?? null;
    }
    if (incidentId === null) return;
    const forms = formsOf(channel);
    await Promise.all([
      keepDoing((count) => note(ana, `ana ${channel} ${count}`)),
      keepDoing((count) => note(ben, `ben ${channel} ${count}`)),
      keepDoing(async (count) => {
        while (count === 0 && !isOver && !(await take())) await soon();
      }),
      keepDoing(async () => {
        const [next] = forms;
        if (next !== undefined && (await fillIn(next))) forms.shift();
      }),
      keepDoing((count) => (count % 4 === 0 ? pin(`message ${channel} ${count}`) : soon())),
    ]);
  })();

  return {
    channelId,
    actions: () => {
      noteAcknowledged(workspace, pins);
      const captured = [...pins].map(
        ([ts, how]): DoneAction => ({
          name: `${channel} pin ${ts}`,
          isAcknowledged: how === 'acknowledged',
          isIn: ({ event }) => event.type === 'message-captured' && event.messageTs === ts,
        }),
      );
      return [...done, ...captured];
    },
    stop: async () => {
      isOver = true;
      await work;
    },
  };
}

function soon(): Promise<void> {
  return new Promise((wake) => setTimeout(wake, PAUSE_MS));
}

interface Form {
  readonly label: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly isIn: DoneAction['isIn'];
}

/** The first two move the incident on; then come as many hypotheses as there is time for. */
function formsOf(channel: string): Form[] {
  const hypotheses = Array.from({ length: 30 }, (_, index): Form => {
    const statement = `hypothesis ${index} of ${channel}`;
    return {
      label: 'Add a hypothesis',
      fields: {
        'What could explain the problem?': statement,
        'How likely is it?': 'low',
        'How much of the problem': 'low',
      },
      isIn: ({ event }) => event.type === 'hypothesis-proposed' && event.statement === statement,
    };
  });
  return [
    {
      label: 'State the problem',
      fields: { 'What exactly is wrong?': `Every request to ${channel} takes seconds.` },
      isIn: ({ event }) => event.type === 'problem-stated',
    },
    {
      label: 'Name the component',
      fields: { 'Which component or resource': channel, 'What points to it?': 'Its alarm.' },
      isIn: ({ event }) => event.type === 'component-isolated',
    },
    ...hypotheses,
  ];
}

/** Marks what Slack has the acknowledgement of; the workspace forgets the oldest envelopes. */
function noteAcknowledged(
  { journal }: DemoWorld['workspace'],
  pins: Map<string, 'said' | 'acknowledged'>,
): void {
  for (const { payload, outcome } of journal.envelopes('events_api')) {
    const event = payload['event'] as { readonly type?: string; readonly item?: { ts?: string } };
    const ts = event.item?.ts ?? '';
    const isPin = event.type === 'reaction_added' && pins.has(ts);
    if (isPin && outcome === 'acked') pins.set(ts, 'acknowledged');
  }
}

function answerOf(envelope: EnvelopeRecord | undefined): string {
  return JSON.stringify(envelope?.ackPayload ?? '');
}
