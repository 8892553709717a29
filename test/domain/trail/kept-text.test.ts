import { describe, expect, it } from 'vitest';
import { keptText, keptTextOrNull } from '../../../src/domain/trail/kept-text.ts';

describe('text of a record that is kept', () => {
  it('is without secrets, and as long as it may be', () => {
    expect(keptText('password=hunter2horse')).toBe('password=[redacted]');
    expect(keptText('x'.repeat(300))).toBe('x'.repeat(300));
    expect(keptText('x'.repeat(301))).toBe(`${'x'.repeat(299)}…`);
    expect(keptText('abcd', 3)).toBe('ab…');
  });

  it('is never half a character, neither in it nor where it is cut', () => {
    expect(keptText('a\ud800b')).toBe('a\ufffdb');
    expect(keptText('a😀bc', 3)).toBe('a…');
  });

  it('is nothing where there was nothing', () => {
    expect(keptTextOrNull(null)).toBeNull();
    expect(keptTextOrNull('')).toBe('');
    expect(keptTextOrNull('abcd', 3)).toBe('ab…');
  });
});
