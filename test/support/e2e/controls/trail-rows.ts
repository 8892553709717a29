import { inDirect, openFilledForm } from '../asked.ts';
import { INSTANCE } from '../demo-steps.ts';
import { told } from '../told.ts';
import type { ControlRow, Stage } from './stage.ts';

const STOPPED = new RegExp(`noor\\.haddad@northwind\\.example stopped ${INSTANCE}`);
const QUESTION = `who stopped ${INSTANCE} since 3h`;

const noorOf = ({ world }: Stage) => inDirect(world, 'noor');

/** Questions about who did what, and what is done with the answers. */
export const TRAIL_ROWS: readonly ControlRow[] = [
  {
    controls: ['command /trail'],
    sees: STOPPED,
    act: ({ ana }) => ana.say(`/trail ${QUESTION}`),
  },
  {
    controls: ['tap share-trail'],
    sees: new RegExp(`${STOPPED.source}(?!.*Share here)`),
    act: ({ ana }) => ana.tap('Share here', STOPPED),
  },
  {
    controls: ['tap show-record', 'menu'],
    sees: /StopInstances/,
    act: ({ ana }) => ana.tap('Show the record', STOPPED),
  },
  {
    controls: ['tap whole-session'],
    sees: /access key/,
    act: ({ ana }) => ana.tap('Whole session', STOPPED),
  },
  {
    controls: ['tap who-assumed'],
    sees: /assumed/,
    act: ({ ana }) => ana.tap('Who assumed this role', STOPPED),
  },
  {
    controls: ['tap edit-question', 'form question'],
    sees: /Also · 1–8 of \d+/,
    act: async ({ ana }) => {
      await ana.tap('Edit', STOPPED);
      await ana.seeForm('Edit the question');
      await ana.submit({ 'Who did what?': 'is:write since 30h' });
    },
  },
  {
    controls: ['tap older-matches'],
    sees: /Also · 9–16 of \d+/,
    act: ({ ana }) => ana.tap('More matches'),
  },
  {
    controls: ['tap newer-matches'],
    sees: /Also · 1–8 of \d+/,
    act: ({ ana }) => ana.tap('Newer'),
  },
  {
    controls: ['tap ask-suggested'],
    sees: STOPPED,
    act: async ({ ana }) => {
      await ana.say(`/trail who stopped ${INSTANCE} sicne 3h`);
      await ana.tap('Ask that');
    },
  },
  {
    controls: ['tap cancel-lookup'],
    sees: /You cancelled this before it was through/,
    act: async ({ world, ana }) => {
      const { faults } = world.demo.aws;
      faults.add({ kind: 'slow', operation: 'LookupEvents', delayMs: 1_500 });
      await ana.say('/trail who did agent:nobody-has-this since 40d');
      await ana.tap('Cancel', 'nobody-has-this');
      await told(ana, /You cancelled this/);
      faults.clear();
    },
  },
  {
    controls: ['tap attach-trail'],
    sees: /Attached to RT-/,
    act: async ({ ana }) => {
      await ana.say('/triage checkout is down');
      await ana.seeMessage('Put 📌 on a message');
      await ana.say(`/trail ${QUESTION}`);
      await ana.tap('Attach as evidence');
    },
  },
  {
    controls: ['tap ask-actor', 'form ask-actor'],
    sees: /Asked @\w+ , no answer yet/,
    act: async ({ ana }) => {
      await openFilledForm(ana, 'Ask the actor', STOPPED);
      await ana.submit({});
    },
  },
  ...(
    [
      ['answer-not-me', 'Not me'],
      ['answer-mistake', 'Yes, by mistake'],
      ['answer-planned', 'Yes, planned'],
    ] as const
  ).map(
    ([tap, label]): ControlRow => ({
      controls: [`tap ${tap}`],
      sees: new RegExp(`${label.replace(/^Yes, /, '')} , asked by`, 'i'),
      act: (stage) => noorOf(stage).tap(label),
    }),
  ),
  {
    controls: ['tap answer-comment', 'form actor-comment'],
    sees: /asked by .*: I took it for another one\./,
    act: (stage) =>
      noorOf(stage).fill('Comment…', { 'What should they know?': 'I took it for another one.' }),
  },
];
