import { checkIdOf } from '../../../../src/domain/incident/check-ticks.ts';
import { until } from '../../poll.ts';
import { textIn } from '../person.ts';
import { BOARD, CARD, fillFromMenu, form, hypothesisBy } from './menu.ts';
import type { ControlRow, Stage } from './stage.ts';

/** Of the playbook for downtime. */
const CHECK = 'Open the application as a user would, from outside, and do the thing that failed.';

const PLAN = {
  'What will be done?': 'Start the instance again.',
  'What could go wrong?': 'It may come up with old code.',
  'What is the way back?': 'Stop it again.',
};

/** Three plans, of which the last one works. */
export const FIX_ROWS: readonly ControlRow[] = [
  {
    controls: form('plan'),
    sees: /Plan for hypothesis \d+ : .*Waits for approval/,
    act: async (stage) => {
      await stage.ana.tapAbout(await hypothesisBy(stage, 'person'), 'Plan this fix', BOARD);
      await stage.ana.seeForm('Plan the fix');
      await stage.ana.submit(PLAN);
    },
  },
  {
    controls: form('waiver'),
    sees: /Going ahead without approval , decided by .*: Nobody is awake\./,
    act: ({ ana }) =>
      ana.fill('Go without approval', { 'Why can it not wait': 'Nobody is awake.' }, 'Plan'),
  },
  {
    controls: form('implemented'),
    sees: /Implemented by .*: Started it\./,
    act: ({ ana }) => ana.fill('It is implemented', { 'What was done?': 'Started it.' }),
  },
  {
    controls: ['tap roll-back'],
    sees: /was rolled back: No reason was given/,
    act: ({ ben }) => ben.tap(/^Roll back$/, 'the way back'),
  },
  {
    controls: ['tap approve-plan'],
    sees: /Approved by/,
    act: async (stage) => {
      await fillFromMenu(stage, 'Plan a solution', PLAN);
      await stage.ben.tap('Approve', 'Waits for approval');
    },
  },
  {
    controls: form('roll-back'),
    sees: /was rolled back: It got worse\./,
    act: async ({ ana }) => {
      await ana.fill('It is implemented', { 'What was done?': 'Started another.' });
      await ana.fill('Roll back, and say why', { 'Why was it': 'It got worse.' }, 'the way back');
    },
  },
  {
    controls: form('move'),
    sees: /Step 6 of 7: .*Fixed by hand\./,
    act: (stage) => toVerification(stage),
  },
  {
    controls: ['tap tick-check'],
    sees: new RegExp(`Checked: ✅ ${CHECK}`),
    act: ({ ana }) => ana.tapAbout(checkIdOf(CHECK), 'Done', CARD),
  },
  {
    controls: ['tap untick-check', 'menu'],
    sees: new RegExp(`Step 6 of 7.*⬜ ${CHECK}`),
    act: ({ ana }) => ana.tapAbout(checkIdOf(CHECK), /Open the application/, CARD),
  },
  {
    controls: form('verification-failed'),
    sees: /❌ Not fixed: Still slow\./,
    act: ({ ana }) => ana.fill('It does not work', { 'What is still wrong': 'Still slow.' }),
  },
  {
    controls: form('verified'),
    sees: /✅ Fixed: A purchase went through\./,
    act: async (stage) => {
      await toVerification(stage);
      await stage.ana.fill('It works', { 'How do you know?': 'A purchase went through.' });
    },
  },
  {
    controls: form('findings'),
    sees: /Root cause: Stopped by hand\./,
    act: ({ ana }) =>
      ana.fill('Record the findings', {
        'What was the root cause?': 'Stopped by hand.',
        'What did we learn?': 'Name hosts.',
      }),
  },
  {
    controls: ['tap edit-document'],
    sees: /your words stand above it/,
    act: async ({ ana }) => {
      await ana.tap('Edit the document', CARD);
      await ana.seeForm('Edit the document');
    },
  },
  {
    controls: form('edit-section'),
    sees: /Edited: Lessons/,
    act: async ({ ana }) => {
      await ana.tapInForm('Edit: Lessons');
      await until('the field', () => textIn(ana.view().modal?.view).includes('Save'));
      await ana.submit({ Lessons: 'Name every host.' });
    },
  },
  {
    controls: form('evaluation'),
    sees: /Process evaluated/,
    act: ({ ana }) =>
      ana.fill('Evaluate the process', { 'Where did the time go?': 'Into waiting.' }, CARD),
  },
  {
    controls: form('escalation'),
    sees: /Escalated to Network team by .*: A firewall expert\./,
    act: (stage) =>
      fillFromMenu(stage, 'Escalate', {
        'To whom?': 'Network team',
        'what do you need': 'A firewall expert.',
      }),
  },
  {
    controls: form('owner'),
    sees: /owns it now , named by/,
    act: (stage) => fillFromMenu(stage, 'Hand over', { 'Who owns': stage.ben.id }),
  },
  {
    controls: [...form('note'), 'command /triage export'],
    sees: /Restarted nothing\./,
    act: async ({ ana }) => {
      await ana.fill(/^Note$/, { 'What should be on the record?': 'Restarted nothing.' });
      await ana.say('/triage export');
    },
  },
  {
    controls: form('close'),
    sees: /Closed by/,
    act: async ({ world, ana }) => {
      const refused = { kind: 'error', error: 'missing_scope' } as const;
      world.demo.workspace.faults.nextCalls('files.getUploadURLExternal', refused);
      await ana.fill(/^Close$/, { 'Why close it without that?': 'It is gone.' });
      await ana.seeMessage('Could not be done:');
    },
  },
  {
    controls: ['tap publish-again'],
    sees: /\.md/,
    act: ({ ana }) => ana.tap('Write the document again'),
  },
  {
    controls: form('reopen'),
    sees: /Reopened by .*: It is back\./,
    act: ({ ana }) => ana.fill('Reopen', { 'Why is it open again?': 'It is back.' }),
  },
  {
    controls: ['tap open-start-form', 'form start'],
    sees: /SEV\d · mail is late/,
    act: (stage) => fillFromMenu(stage, 'Start another', { 'What is wrong?': 'mail is late' }),
  },
];

function toVerification(stage: Stage): Promise<void> {
  const fields = { 'Where to?': 'verify', 'Why?': 'Fixed by hand.' };
  return fillFromMenu(stage, 'Move to another step', fields);
}
