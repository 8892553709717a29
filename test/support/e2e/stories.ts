import { CHECKOUT_5XX } from './stories/checkout-5xx.ts';
import { MONTHLY_BILL } from './stories/monthly-bill.ts';
import { SSH_TIMEOUT } from './stories/ssh-timeout.ts';
import { STOLEN_KEY } from './stories/stolen-key.ts';
import type { Story } from './story.ts';

/** Every story, each with a document in `docs/examples/`. */
export const STORIES: readonly Story[] = [CHECKOUT_5XX, SSH_TIMEOUT, STOLEN_KEY, MONTHLY_BILL];
