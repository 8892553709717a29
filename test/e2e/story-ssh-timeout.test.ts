import { SSH_TIMEOUT } from '../support/e2e/stories/ssh-timeout.ts';
import { describeStory } from '../support/e2e/story-test.ts';

describeStory(SSH_TIMEOUT);
