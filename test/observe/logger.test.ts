import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { wrap } from '../../src/observe/logger.ts';

/** None is a real one; each has the shape of one. */
const SECRETS = [
  { what: 'a bot token', secret: 'xoxb-1111-2222-canary' },
  { what: 'a user token', secret: 'xoxp-1111-2222-canary' },
  { what: 'a configuration token', secret: 'xoxe.xoxp-1-canary' },
  { what: 'an app-level token', secret: 'xapp-1-A111-222-canary' },
  { what: 'an access key', secret: 'AKIACANARYCANARY1234' },
  { what: 'a temporary access key', secret: 'ASIACANARYCANARY1234' },
  { what: 'a session token', secret: 'IQoJb3JpZ2luX2VjEcanary/+==' },
  { what: 'an older session token', secret: 'FwoGZXIvYXdzEcanary/+==' },
  { what: 'a signed web token', secret: 'eyJhbGciOiJub25lIn0.eyJjYW5hcnkiOjF9.canary-1' },
  { what: 'a reply address', secret: 'https://hooks.slack.com/commands/T1/1/canary' },
] as const;

const LINE = 'https://log.example/path?x=1';

/** A logger and everything that came out of it, as text. */
function logInto() {
  const lines: object[] = [];
  const log = wrap({ log: (level, fields, message) => lines.push({ level, fields, message }) }, {});
  return { log, lines, text: () => JSON.stringify(lines) };
}

describe.each(SECRETS)('$what', ({ secret }) => {
  it.each([
    { where: 'a message', write: (log) => log.info(`with ${secret}`) },
    { where: 'a field', write: (log) => log.warn('x', { field: `with ${secret}.` }) },
    { where: 'a child’s field', write: (log) => log.child({ field: secret }).debug('x') },
    { where: 'an error', write: (log) => log.error('x', new Error(`with ${secret}`)) },
    { where: 'an error’s field', write: (log) => log.error('x', new Error(), { field: secret }) },
    {
      where: 'the cause of a cause',
      write: (log) => {
        const root = new Error(`with ${secret}`);
        const cause = new AppError('store-unavailable', 'between', { cause: root });
        log.error('x', new Error('outside', { cause }));
      },
    },
    {
      where: 'a cause that is no error',
      write: (log) => log.error('x', new Error('y', { cause: secret })),
    },
    { where: 'a thrown string', write: (log) => log.error('x', `with ${secret}`) },
  ] satisfies {
    where: string;
    write: (log: ReturnType<typeof wrap>) => void;
  }[])('does not come through in $where', ({ write }) => {
    const { log, text } = logInto();

    write(log);

    expect(text()).not.toContain(secret);
    expect(text()).toContain('[redacted]');
  });
});

describe('the logger', () => {
  it.each([
    { url: 'redis://user:canary@redis.example:6379/0', left: 'redis://[redacted]@redis.example' },
    { url: 'rediss://:canary@redis.example:6379', left: 'rediss://[redacted]@redis.example' },
    { url: 'redis://:can@ry@redis.example', left: 'redis://[redacted]@redis.example' },
  ])('takes the password out of $url and leaves the host', ({ url, left }) => {
    const { log, text } = logInto();

    log.error('x', new Error(`connect ${url} failed`));

    expect(text()).toContain(left);
    expect(text()).not.toMatch(/canary|can@ry/);
  });

  it('leaves what is no secret as it is', () => {
    const { log, lines } = logInto();

    log.info('gathered', {
      incidentId: 'RT-7K3F9',
      count: 3,
      isLate: false,
      url: LINE,
      none: null,
    });

    expect(lines).toEqual([
      {
        level: 'info',
        message: 'gathered',
        fields: { incidentId: 'RT-7K3F9', count: 3, isLate: false, url: LINE, none: null },
      },
    ]);
  });

  it('says code, message and the chain of causes of an error, and nothing else of it', () => {
    const { log, lines } = logInto();
    const root = Object.assign(new Error('socket closed'), {
      headers: { authorization: 'canary' },
    });

    log.error('x', new AppError('store-unavailable', 'The store is away.', { cause: root }));

    expect(lines[0]).toMatchObject({
      fields: {
        error: {
          code: 'store-unavailable',
          message: 'The store is away.',
          cause: { message: 'socket closed' },
        },
      },
    });
    expect(JSON.stringify(lines)).not.toContain('canary');
  });

  it('ends a circle of causes and a message of megabytes', () => {
    const { log, text } = logInto();
    const first = new Error('x'.repeat(1_000_000));
    first.cause = first;

    log.error('x', first);

    expect(text().length).toBeLessThan(40_000);
  });

  it('lets no token through, whatever stands around it', () => {
    const around = fc.string({ unit: fc.constantFrom(' ', '"', '=', ',', '(', '\n', '/', '🔥') });
    fc.assert(
      fc.property(fc.constantFrom(...SECRETS), around, around, ({ secret }, before, after) => {
        const { log, text } = logInto();
        log.error('x', new Error(`${before}${secret}${after}`), { field: `${before}${secret}` });
        expect(text()).not.toContain(secret);
      }),
    );
  });
});
