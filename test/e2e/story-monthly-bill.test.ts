import { MONTHLY_BILL } from '../support/e2e/stories/monthly-bill.ts';
import { describeStory } from '../support/e2e/story-test.ts';

describeStory(MONTHLY_BILL);
