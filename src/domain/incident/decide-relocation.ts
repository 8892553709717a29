import { accept, type Handler, reject, tooMany } from './decision.ts';
import { LIMITS } from './limits.ts';

/** Whether the bot and the person are in the other channel is asked of Slack before. */
export const relocateIncident: Handler<'relocate-incident'> = (command, { state }) => {
  if (command.channelId === state.channelId) {
    return reject('already-done', 'The incident is in this channel already. Choose another one.');
  }
  return (
    tooMany(state.formerPlaces.length, LIMITS.movesMax, 'moves') ??
    accept({
      ...command,
      type: 'incident-moved',
      fromChannelId: state.channelId,
      fromThreadTs: state.threadTs,
    })
  );
};
