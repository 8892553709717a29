import { CHECKOUT_5XX } from '../support/e2e/stories/checkout-5xx.ts';
import { describeStory } from '../support/e2e/story-test.ts';

describeStory(CHECKOUT_5XX);
