import fc from 'fast-check';

/** Text as an attacker, a careless person or a broken peer would have it. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constantFrom(
    '',
    ' ',
    '\u200b',
    '<!channel> <!here> <@U12345> <#C1|x> <https://evil.example|AWS console>',
    '*bold* _it_ ~st~ `code` ```pre``` > quote & &lt;!channel&gt;',
    '\u202egpj.exe\u2066 \u0000\u0007 \ud800 \udc00',
    'a'.repeat(40_000),
    '<'.repeat(40_000),
    '&`<!channel>\n'.repeat(4_000),
    '👩‍💻'.repeat(8_000),
    `e${'\u0301'.repeat(40_000)}`,
    '\u{e0041}'.repeat(10_000),
  ),
);

export const atMs = fc.oneof(
  fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }),
  fc.constantFrom(0, -1, 8.7e15, Number.NaN),
);
export const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
