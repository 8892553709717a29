import type { FlowDependencies } from '../ports.ts';

/** Of the channel, open or closed, the most recently active ones. */
const OF_CHANNEL_MAX = 50;
/** Of all channels: among them those that were moved away from this one. */
const LISTED_MAX = 500;
/** Slack's clock gave the message its time, ours gave the incident its own. */
const CLOCKS_APART_MS = 60_000;

/** The incidents that hold this message on their timeline, wherever they are now, closed ones too. */
export async function findCaptured(
  { store }: Pick<FlowDependencies, 'store'>,
  message: {
    readonly channelId: string;
    readonly messageTs: string;
    /** Null outside threads, or when it is not known. */
    readonly threadTs: string | null;
  },
): Promise<readonly string[]> {
  const { channelId, messageTs } = message;
  const [ofThread, ofChannel, listed] = await Promise.all([
    store.findIncidentByThread(channelId, message.threadTs ?? messageTs),
    store.listIncidents({ channelId, limit: OF_CHANNEL_MAX }),
    store.listIncidents({ limit: LISTED_MAX }),
  ]);
  const movedAway = listed.filter((row) => row.formerChannelIds.includes(channelId));
  // Most messages are on no timeline: what was not active since this one was written cannot hold it.
  const writtenAtMs = Number(messageTs) * 1_000;
  const active = [...ofChannel, ...movedAway]
    .filter(({ lastActivityAtMs }) => lastActivityAtMs > writtenAtMs - CLOCKS_APART_MS)
    .map(({ incidentId }) => incidentId);
  const candidates = new Set([...(ofThread === null ? [] : [ofThread]), ...active]);
  const states = await Promise.all([...candidates].map((id) => store.readState(id)));
  return states
    .filter((state) => state !== null)
    .filter(({ capturedMessages }) =>
      capturedMessages.some((row) => row.channelId === channelId && row.messageTs === messageTs),
    )
    .map(({ incidentId }) => incidentId);
}
