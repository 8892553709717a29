import type { Act } from '../story.ts';
import { choose, fillFrom, fillMore, openFrom, pin, scrollTo } from '../story-steps.ts';

const INSTANCE = 'i-09d3f7a1c52e8b460';
export const BOARD = 'likeliest first';

export type SshPerson = 'ana' | 'chidi' | 'petra';

/** Steps 1 to 4: the first guess is ruled out in a minute, and the second one is the cause. */
export const SSH_SEARCH: readonly Act<SshPerson>[] = [
  {
    at: '10:57:10',
    who: 'ana',
    does: 'opens the incident with one line, and its thread',
    by: async (ana, { chidi, petra }) => {
      await ana.say('/triage website down, ssh times out sev2');
      for (const person of [ana, chidi, petra]) await person.openThread('Owner: nobody yet');
      await ana.see('From AWS: Found', ana.thread);
    },
  },
  {
    at: '10:58:20',
    who: 'ana',
    does: 'takes it',
    by: (ana) => ana.tap('Take it'),
  },
  {
    at: '11:00:10',
    who: 'ana',
    does: 'states the problem',
    by: (ana) =>
      ana.fill(
        'State the problem',
        {
          'What exactly is wrong?':
            'www.northwind.example cannot be loaded: the browser waits and gives up. SSH to its machine says "connection timed out".',
          'Who and what is affected?':
            'Everybody who comes to the website, from anywhere. The shop itself is elsewhere and works.',
          'What changed recently?': 'Release 2026.41.2 of the website went out at 10:14.',
        },
        'Save',
      ),
  },
  {
    at: '11:01:40',
    who: 'chidi',
    does: 'writes what he has tried, and pins it',
    by: async (chidi) => {
      await chidi.reply('Session Manager still gets me onto the machine, so it is up.');
      await pin(chidi, 'Session Manager still');
    },
  },
  {
    at: '11:03:00',
    who: 'chidi',
    does: 'names the component',
    by: (chidi) =>
      chidi.fill(
        'Name the component',
        {
          'Which component or resource is in question?': INSTANCE,
          'What points to it?':
            'It is the only machine of the website. Its status checks pass, and traffic to it fell to nothing at 10:40.',
        },
        'Save',
      ),
  },
  {
    at: '11:04:30',
    who: 'chidi',
    does: 'adds what he suspects himself',
    by: (chidi) =>
      fillMore(
        chidi,
        'Add a hypothesis',
        {
          'What could explain the problem?':
            'The web server does not run any more since release 2026.41.2.',
        },
        'Add',
        async (form) => {
          await choose(form, 'How likely is it?', 'High');
          await choose(form, 'How much of the problem would it explain?', 'High');
        },
      ),
    picture: { name: 'story-ssh-board', of: (chidi) => scrollTo(chidi, BOARD) },
  },
  {
    at: '11:05:40',
    who: 'chidi',
    does: 'tests his own first, because that takes a minute',
    by: (chidi) =>
      fillFrom(
        chidi,
        { card: BOARD, button: 'Test this' },
        {
          'Which one test would tell the most?':
            'Open the website from the machine itself. An answer there speaks against it.',
        },
        'Start the test',
      ),
  },
  {
    at: '11:07:20',
    who: 'chidi',
    does: 'rules it out',
    by: (chidi) =>
      fillMore(
        chidi,
        'Record the verdict',
        {
          'What was found?':
            'On the machine, curl gets the home page in 40 ms. The web server runs; nothing reaches it from outside.',
        },
        'Save',
        (form) => form.getByRole('radio', { name: /^Eliminated/ }).check(),
      ),
  },
  {
    at: '11:08:30',
    who: 'ana',
    does: 'tests the likeliest one',
    by: async (ana) => {
      await openFrom(ana, { card: BOARD, button: 'Test this' });
      await ana.send('Start the test');
    },
  },
  {
    at: '11:10:10',
    who: 'ana',
    does: 'confirms it',
    by: (ana) =>
      fillMore(
        ana,
        'Record the verdict',
        {
          'What was found?':
            'The group lets in port 22 from 10.20.0.0/16 and nothing else. Ports 80 and 443 are not in it any more.',
        },
        'Save',
        (form) => form.getByRole('radio', { name: /^Confirmed/ }).check(),
      ),
  },
];
