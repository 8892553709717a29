import { describe, expect, it } from 'vitest';
import { foldEvents } from '../../src/domain/incident/record.ts';
import type { IncidentState } from '../../src/domain/incident/state.ts';
import { stateCodec } from '../../src/store/codec.ts';
import { decodeSnapshot, encodeSnapshot } from '../../src/store/decoded-snapshots.ts';
import { fullIncident } from '../support/full-incident.ts';

describe('a snapshot', () => {
  const state = foldEvents(fullIncident()) as IncidentState;

  it('is taken apart once while its text stays the same, and anew when it changes', () => {
    const text = stateCodec.encode(state);
    const first = decodeSnapshot(text, 'one');

    expect(first).toEqual(state);
    expect(decodeSnapshot(text.slice(), 'one')).toBe(first);
    const renamed = stateCodec.encode({ ...state, title: 'another' });
    expect(decodeSnapshot(renamed, 'one').title).toBe('another');
    expect(decodeSnapshot(text, 'one')).toEqual(state);
  });

  it('is read back as it was written', () => {
    expect(decodeSnapshot(encodeSnapshot(state, 'written'), 'written')).toBe(state);
  });

  it('of other text is read from that text, whatever was written before', () => {
    encodeSnapshot(state, 'damaged');
    expect(() => decodeSnapshot('{"incidentId":', 'damaged')).toThrow(/cannot be read/);
  });

  it('is forgotten when many others came after it', () => {
    const text = encodeSnapshot(state, 'old');
    for (let index = 0; index < 32; index += 1) encodeSnapshot(state, `newer-${index}`);
    expect(decodeSnapshot(text, 'old')).not.toBe(state);
  });
});
