import { checkIdOf } from '../../../../src/domain/incident/check-ticks.ts';
import { INSTANCE } from '../demo-steps.ts';
import { BOARD, CARD, fillFromMenu, form, hypothesisBy } from './menu.ts';
import type { ControlRow } from './stage.ts';

/** Of the playbook for lost permissions. */
const DENIED = 'Which calls are denied, for whom, since when? The first one is the onset.';

/** From the first word to a hypothesis that is confirmed. */
export const SEARCH_ROWS: readonly ControlRow[] = [
  {
    controls: ['command /triage'],
    sees: /RT-\w{5} is open/,
    act: async ({ ana }) => {
      await ana.say('/triage website down since 10 minutes ago sev3');
      await ana.seeMessage(BOARD);
      await ana.seeMessage('Highest: ');
    },
  },
  {
    controls: ['tap take-ownership'],
    sees: /owns it now/,
    act: ({ ana }) => ana.tap('Take it'),
  },
  {
    controls: ['tap show-status'],
    sees: /Last activity/,
    act: ({ ana }) => ana.tap('Catch me up'),
  },
  {
    controls: ['tap show-menu'],
    sees: /What you can do now.*Ask AWS Support/,
    act: ({ ana }) => ana.tap('More'),
  },
  {
    controls: form('severity'),
    sees: /Now SEV4 , set by/,
    act: (stage) => fillFromMenu(stage, 'Change the severity', { 'How bad': 'sev4' }),
  },
  {
    controls: ['tap state-drafted'],
    sees: /Symptoms: .*🤖/,
    act: ({ ana }) => ana.tap('State it like this'),
  },
  {
    controls: form('problem'),
    sees: /Symptoms: .*503 to every request/,
    act: (stage) =>
      fillFromMenu(stage, 'State the problem', {
        'What exactly is wrong?': '503 to every request.',
      }),
  },
  {
    controls: ['tap show-playbook'],
    sees: /you are here/,
    act: async ({ ana }) => {
      await ana.tap('Whole playbook', CARD);
      await ana.seeForm('Whole playbook');
    },
  },
  {
    controls: ['tap ask-check'],
    sees: /Which calls are denied.*calls? attached\./,
    act: async ({ ana }) => {
      await ana.closeForm();
      await ana.tap(/^Access denied/, CARD);
      await ana.seeMessage(/Playbook: Access denied/);
      await ana.tapAbout(checkIdOf(DENIED), 'Ask', CARD);
    },
  },
  {
    controls: ['menu', 'tap choose-playbook'],
    sees: /Playbook: Downtime , chosen by/,
    act: ({ ana }) => ana.tap(/^Downtime/, CARD),
  },
  {
    controls: ['tap gather-again'],
    sees: /Step 2 of 7.*From AWS: /,
    act: async ({ ana }) => {
      await ana.tap('More');
      await ana.tap('Gather evidence again', /What you can do now/);
    },
  },
  {
    controls: form('isolation'),
    sees: new RegExp(`In question: ${INSTANCE}`),
    act: ({ ana }) => ana.fill('Name the component', { 'Which component': INSTANCE }),
  },
  {
    controls: ['fill'],
    sees: /For it: .*Against it: /,
    act: async ({ ben }) => {
      await ben.tap('Add a hypothesis', BOARD);
      await ben.seeForm('Add a hypothesis');
      await ben.tapInForm(/./);
    },
  },
  {
    controls: form('hypothesis'),
    sees: /likeliest first.*DNS is slow\./,
    act: async ({ ben }) => {
      await ben.closeForm();
      await ben.fill(
        'Add a hypothesis',
        { 'What could explain the problem?': 'DNS is slow.' },
        BOARD,
      );
    },
  },
  {
    controls: ['tap show-why'],
    sees: /What speaks for it/,
    act: async ({ ana }) => {
      await ana.tap('Why?', 'Owner:');
      await ana.seeForm('Why hypothesis');
    },
  },
  {
    controls: form('test'),
    sees: /testing, likely/,
    act: async (stage) => {
      const { ana } = stage;
      await ana.closeForm();
      await ana.tapAbout(await hypothesisBy(stage, 'bot'), 'Test this', BOARD);
      await ana.seeForm('Test the hypothesis');
      await ana.submit({});
    },
  },
  {
    controls: form('verdict'),
    sees: /inconclusive .*by .*: No access\./,
    act: ({ ana }) =>
      ana.fill('Record the verdict', {
        'What does it say?': 'inconclusive',
        'What was found?': 'No access.',
      }),
  },
  ...(
    [
      ['rule-out', 'Rule out', { 'How do you know': 'It takes 2 ms.' }, /eliminated .*by .*2 ms/],
      ['revive', 'DNS is slow', { 'What speaks against': 'At night.' }, /is open again , says/],
      ['rating', 'Rate it', { 'How likely is it?': 'low' }, /rated low by/],
      ['confirm', 'Confirm', { 'How do you know': 'Seen at night.' }, /confirmed .*by .*Seen/],
    ] as const
  ).map(
    ([name, label, fields, sees]): ControlRow => ({
      controls: form(name),
      sees,
      act: async (stage) => {
        await stage.ben.tapAbout(await hypothesisBy(stage, 'person'), label, BOARD);
        await stage.ben.seeForm();
        await stage.ben.submit(fields);
      },
    }),
  ),
];
