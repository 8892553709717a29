/** What one workspace holds at most. The oldest goes first, so a long demo cannot fill the memory. */
export const limits = {
  apiBodyBytesMax: 2_000_000,
  uploadBytesMax: 20_000_000,
  /** Slack truncates the text of a message here; refusing shows the app's mistake. */
  textCharactersMax: 40_000,
  messagesPerChannelMax: 2_000,
  ephemeralMessagesPerPersonMax: 200,
  noticesPerPersonMax: 20,
  journalEntriesMax: 5_000,
  filesMax: 200,
  triggersMax: 1_000,
  responseUrlsMax: 1_000,
  reactionsPerMessageMax: 23,
  pinsPerChannelMax: 100,
  bookmarksPerChannelMax: 100,
  responseUrlUsesMax: 5,
  viewsInStackMax: 3,
  /** Slack's own ceiling for one app. */
  appConnectionsMax: 10,
  pageConnectionsMax: 50,
  frameBytesMax: 1_000_000,
  previewCharactersMax: 4_000,
} as const;
