import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typedLine, typedText } from '../../src/slack/typed-text.ts';

describe('typed text', () => {
  it.each([
    ['<https://status.example/x|status> is red', 'https://status.example/x is red'],
    ['see <https://a.example/?a=1&amp;b=2>', 'see https://a.example/?a=1&b=2'],
    ['ask <mailto:ana@northwind.example|ana@northwind.example>', 'ask ana@northwind.example'],
    ['in <#C123ABC|deploys>', 'in #deploys'],
    ['handoff <@U123ABC|ana>', 'handoff <@U123ABC>'],
    ['<!channel> now', '@channel now'],
    ['<!subteam^S1|@oncall> now', '@oncall now'],
    ['p99 &gt; 2 s &amp; rising', 'p99 > 2 s & rising'],
    ['&amp;lt;', '&lt;'],
    ['in <#C123ABC>', 'in #C123ABC'],
    ['<!here>', '@here'],
    ['<!subteam^S1|on@call> now', '@on@call now'],
    ['to <mailto:ana@northwind.example>', 'to ana@northwind.example'],
    ['to <mailto:ana@northwind.example|Ana>', 'to Ana'],
    ['<x@UANA> <@UANA.> <@uana>', 'x@UANA @UANA. @uana'],
    ['<>', ''],
    ['&quot; & <', '&quot; & <'],
  ])('turns %s into %s', (sent, typed) => {
    expect(typedText(sent)).toBe(typed);
  });

  it('gives back whatever was escaped as Slack escapes it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const sent = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
        expect(typedText(sent)).toBe(text);
      }),
    );
  });
});

describe('a line for the bot', () => {
  it('keeps the id of a channel where it names the one to move to, and its name elsewhere', () => {
    expect(typedLine('move <#C0WAR|war-room>')).toBe('move <#C0WAR>');
    expect(typedLine('<@U0BOT> move to <#C0WAR>')).toBe('<@U0BOT> move to <#C0WAR>');
    expect(typedLine('note see <#C0WAR|war-room>')).toBe('note see #war-room');
    expect(typedLine('  MOVE <#G0WAR>')).toBe('  MOVE <#G0WAR>');
    expect(typedLine('<@U0BOT|redthread>  move <#C0WAR|war>')).toBe('<@U0BOT>  move <#C0WAR>');
    expect(typedLine('<@U0BOT>move <#C0WAR|war>')).toBe('<@U0BOT>move <#C0WAR>');
    expect(typedLine('we move <#C0WAR|war>')).toBe('we move #war');
    expect(typedLine('moved to <#C0WAR|war>')).toBe('moved to #war');
  });
});
