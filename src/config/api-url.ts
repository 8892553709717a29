import { z } from 'zod';

export const SLACK_API_URL = 'https://slack.com/api/';

const loopback = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\//;

export const apiUrl = z
  .string()
  .refine((url) => url === SLACK_API_URL || loopback.test(url), {
    error: 'must be absent (Slack itself) or a loopback address of a local workspace',
  })
  .optional();
