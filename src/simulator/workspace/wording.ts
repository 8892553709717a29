/** Slack's own sentences to people, where it has one. */
export const wording = {
  commandFailed: (command: string, error: string) => `${command} failed with the error “${error}”`,
  commandUnknown: (command: string) =>
    `${command} is not a valid command. In Slack, all messages that start with the “/” character are interpreted as commands. If you are trying to send a message and not run a command, try preceding the “/” with an empty space.`,
  commandInThread: (command: string) => `${command} is not supported in threads. Sorry!`,
  archived: 'You cannot post here: the channel has been archived.',
  modalTrouble: 'We had some trouble connecting. Try again?',
  clickTimeout: 'Operation timed out. Apps need to respond within 3 seconds.',
  clickUnreachable: 'This app is not responding. It may not be running.',
  notInteractive:
    'This app is not configured to handle interactive responses. Please configure interactivity URL for your app under Basic Information.',
  directMessagesOff: 'Sending messages to this app has been turned off.',
  ownTrouble: 'The local workspace itself failed. Its error output says why.',
  messageGone: 'This message is no longer there.',
  elementGone: 'This message has just changed. Look again, then tap.',
  viewGone: 'This form is no longer open.',
  notYours: 'You can only change your own messages.',
  canvasClosed: 'You may not write in this canvas.',
  channelUnknown: 'There is no such channel.',
  shortcutUnknown: 'The app has no such shortcut.',
} as const;
