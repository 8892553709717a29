import { describe, expect, it } from 'vitest';
import { OPEN_ACCESS } from '../../src/domain/access/decide-access.ts';
import { configFile } from '../support/config-file.ts';

const file = configFile();
const read = (yaml: string) => file.read(yaml).access;

describe('who may use the bot', () => {
  it('is every full member, as long as nobody says otherwise', () => {
    expect(read('')).toEqual(OPEN_ACCESS);
  });

  it('is said by channels, people and user groups', () => {
    expect(
      read(
        'access: {channels: [C0123ABCD, C0123ABCD], people: [U0123ABCD, W0123ABCD], groups: [S0123ABCD]}',
      ),
    ).toEqual({
      channelIds: ['C0123ABCD'],
      peopleIds: ['U0123ABCD', 'W0123ABCD'],
      groupIds: ['S0123ABCD'],
    });
  });

  it.each([
    ['access: everybody', /access must be a table/],
    ['access: {channels: []}', /access\.channels is empty/],
    ['access: {channels: ["#incidents"]}', /access\.channels\.0 is not a channel id/],
    ['access: {people: ["@ana"]}', /access\.people\.0 must be the Slack id of a person/],
    ['access: {people: [S0123ABCD]}', /access\.people\.0 must be the Slack id of a person/],
    ['access: {groups: [U0123ABCD]}', /access\.groups\.0 must be the Slack id of a user group/],
    ['access: {guests: true}', /guests/],
    [
      'access: {channels: [C0123ABCD]}\nalarms: {channel: C0ALARMS1, queues: [{name: q, region: eu-west-1}]}',
      /alarms open incidents in C0ALARMS1, where nobody may work with them/,
    ],
  ])('is refused where it says %s', (yaml, sentence) => {
    expect(() => read(yaml)).toThrow(sentence);
  });
});
