import { STOLEN_KEY } from '../support/e2e/stories/stolen-key.ts';
import { describeStory } from '../support/e2e/story-test.ts';

describeStory(STOLEN_KEY);
