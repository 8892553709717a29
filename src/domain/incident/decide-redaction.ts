import { accept, type Handler, reject } from './decision.ts';

/** The places are counted before; nowhere means that nothing was rewritten. */
export const redactRecord: Handler<'redact-record'> = ({ reason, places }, { state }) =>
  places === 0
    ? reject(
        'not-found',
        `This text is nowhere in the record of ${state.incidentId}. It is looked for exactly as typed, capitals included.`,
      )
    : accept({ type: 'record-redacted', reason, places });
