import { describe, expect, it } from 'vitest';
import { SHOWN_FIELDS, shownFieldsOf } from '../../../src/domain/trail/shown-fields.ts';

describe('the allow-list of parameters', () => {
  it.each(
    Object.entries(SHOWN_FIELDS),
  )('says of every parameter of %s what it is called and which keys lead there', (_key, fields) => {
    expect(fields.length).toBeGreaterThan(0);
    for (const { label, path, side } of fields) {
      expect(label).toMatch(/^\S(?:.*\S)?$/);
      expect(path.join('.')).toMatch(/^[A-Za-z]\w*(?:\.[A-Za-z]\w*)*$/);
      expect(side).toMatch(/^(?:request|response)$/);
    }
  });

  it('shows of a change what explains it', () => {
    const labelsOf = (source: string, name: string) =>
      shownFieldsOf(`${source}.amazonaws.com`, name).map(({ label }) => label);

    expect(labelsOf('ec2', 'StopInstances')).toEqual(['was', 'now', 'forced']);
    expect(labelsOf('iam', 'CreatePolicyVersion')).toEqual(['policy', 'policy', 'as default']);
    expect(labelsOf('ec2', 'CreateRoute')).toEqual(['destination', 'gateway', 'NAT gateway']);
  });

  it.each([
    ['ec2.amazonaws.com', 'DescribeInstances'],
    ['elsewhere.amazonaws.com', 'StopInstances'],
    ['ec2.amazonaws.com.example', 'StopInstances'],
    ['', 'constructor'],
  ])('has nothing for %s %s', (source, name) => {
    expect(shownFieldsOf(source, name)).toEqual([]);
  });
});
