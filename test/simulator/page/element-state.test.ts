import { describe, expect, test } from 'vitest';
import {
  stateValuesOf,
  withChange,
  withIds,
} from '../../../src/simulator/workspace/page/element-state.ts';
import { validateView } from '../../../src/simulator/workspace/page/validate-view.ts';
import { anInput, anOption, plain } from './page-builders.ts';

describe('state.values', () => {
  test('holds every element with state, touched or not, and no buttons', () => {
    const blocks = withIds([
      anInput('Title', { type: 'plain_text_input', action_id: 'a', initial_value: 'x' }),
      {
        type: 'actions',
        block_id: 'act',
        elements: [
          { type: 'button', action_id: 'b', text: plain('B') },
          { type: 'checkboxes', action_id: 'c', options: [anOption('1')] },
          { type: 'static_select', action_id: 's', options: [anOption('1')] },
        ],
      },
    ]);
    const changes = withChange({}, 'act', 's', {
      type: 'static_select',
      selected_option: anOption('1'),
    });

    expect(stateValuesOf(blocks, changes)).toEqual({
      'b-Title': { a: { type: 'plain_text_input', value: 'x' } },
      act: {
        c: { type: 'checkboxes', selected_options: [] },
        s: { type: 'static_select', selected_option: anOption('1') },
      },
    });
  });

  test('includes the children of containers', () => {
    const child = anInput('Note', { type: 'plain_text_input', action_id: 'a' });
    const blocks = withIds([{ type: 'container', child_blocks: [child] }]);

    expect(Object.keys(stateValuesOf(blocks, {}))).toEqual(['b-Note']);
  });

  test('forgets choices of elements that are no longer there', () => {
    const changes = withChange({}, 'gone', 'a', { type: 'plain_text_input', value: 'x' });

    expect(stateValuesOf(withIds([{ type: 'divider' }]), changes)).toEqual({});
  });
});

describe('ids', () => {
  test('are given where the app sent none and kept where it did', () => {
    const [first, second] = withIds([
      { type: 'actions', elements: [{ type: 'button' }, { type: 'button', action_id: 'mine' }] },
      { type: 'section', block_id: 'kept', accessory: { type: 'image' } },
    ]);

    expect(first).toMatchObject({
      block_id: 'block-0',
      elements: [{ action_id: 'action-0' }, { action_id: 'mine' }],
    });
    expect(second).toEqual({ type: 'section', block_id: 'kept', accessory: { type: 'image' } });
  });

  test('make a block out of anything', () => {
    expect(withIds([null, 7, 'x'])).toHaveLength(3);
  });
});

describe('a form before it is sent', () => {
  test.each([
    ['an empty required field', { type: 'plain_text_input' }, null, 'required'],
    ['a text that is too short', { type: 'plain_text_input', min_length: 3 }, 'ab', 'at least 3'],
    ['a text that is too long', { type: 'plain_text_input', max_length: 3 }, 'abcd', 'at most 3'],
    ['a fraction', { type: 'number_input', is_decimal_allowed: false }, '1.5', 'whole number'],
    ['a number below the least', { type: 'number_input', min_value: '2' }, '1', '2 or more'],
    ['a number above the most', { type: 'number_input', max_value: '2' }, '3', '2 or less'],
    ['no e-mail address', { type: 'email_text_input' }, 'ana', 'e-mail'],
    ['no URL', { type: 'url_text_input' }, 'ana', 'URL'],
  ])('refuses %s', (_, element, value, expected) => {
    const blocks = withIds([anInput('F', { action_id: 'a', ...element })]);
    const state = { 'b-F': { a: { type: element.type, value } } };

    expect(validateView(blocks, state)['b-F']).toContain(expected);
  });

  test('accepts an optional field that is empty and everything that is filled in', () => {
    const blocks = withIds([
      anInput('A', { type: 'plain_text_input', action_id: 'a' }, { optional: true }),
      anInput('B', { type: 'number_input', action_id: 'a', is_decimal_allowed: true }),
    ]);
    const state = {
      'b-A': { a: { type: 'plain_text_input', value: null } },
      'b-B': { a: { type: 'number_input', value: '1.5' } },
    };

    expect(validateView(blocks, state)).toEqual({});
  });
});
