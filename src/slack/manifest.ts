import type { AppsManifestValidateArguments } from '@slack/web-api';
import { COMMANDS, MESSAGE_SHORTCUTS } from './ids.ts';

type SlackManifest = Exclude<AppsManifestValidateArguments['manifest'], string>;
type BotScopes = NonNullable<
  NonNullable<NonNullable<SlackManifest['oauth_config']>['scopes']>['bot']
>;
type BotEvents = NonNullable<
  NonNullable<NonNullable<SlackManifest['settings']>['event_subscriptions']>['bot_events']
>;
/** Slack's own list has not heard of canvases. */
type BotScope = BotScopes[number] | 'canvases:read' | 'canvases:write';
type BotEvent = BotEvents[number];

/** Every Web API method the bot calls, with the scopes it needs. Nothing is asked for beyond them. */
export const METHOD_SCOPES = {
  'auth.test': [],
  'canvases.access.set': ['canvases:write'],
  'canvases.access.delete': ['canvases:write'],
  'canvases.create': ['canvases:write'],
  'canvases.edit': ['canvases:write'],
  // What is added to a canvas is looked for first, so that it is not added twice.
  'canvases.sections.lookup': ['canvases:read'],
  'chat.delete': ['chat:write'],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  // A first post whose outcome is unknown is looked for instead of doubled; 📌 reads its message.
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.replies': ['channels:history', 'groups:history'],
  // Opened before anything is recorded, so that who cannot be written to is known in time.
  // Before an incident moves there: whether the bot is in, and who else may read.
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  // The link of a canvas, and a canvas of which it is not known whether it was made.
  // The documents it uploaded before text was taken out of the record.
  'files.delete': ['files:write'],
  'files.info': ['files:read'],
  'files.list': ['files:read'],
  'files.uploadV2': ['files:write'],
  // The bot's own 📌 shows that a message is on the timeline.
  'reactions.add': ['reactions:write'],
  'reactions.remove': ['reactions:write'],
  // Who may approve and who may use the bot can be said by user group.
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read'],
  // Who in Slack has the e-mail address under which AWS recorded a call.
  'users.lookupByEmail': ['users:read.email'],
  // What a person may see on the Home tab: incidents of the channels they are in themselves.
  'users.conversations': ['channels:read', 'groups:read'],
  'views.open': [],
  'views.publish': [],
  'views.update': [],
} as const satisfies Readonly<Record<string, readonly BotScope[]>>;

/** Every event the bot listens to. Messages are needed for edits of those put on the timeline. */
export const EVENT_SCOPES = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  // An owner who has left does not see what becomes of the incident.
  member_left_channel: ['channels:read', 'groups:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  reaction_added: ['reactions:read'],
  reaction_removed: ['reactions:read'],
} as const satisfies Partial<Readonly<Record<BotEvent, readonly BotScope[]>>>;

const EVENTS = Object.keys(EVENT_SCOPES) as (keyof typeof EVENT_SCOPES)[];

const SCOPES = [
  ...new Set<BotScope>([
    'commands',
    ...Object.values(METHOD_SCOPES).flat(),
    ...Object.values(EVENT_SCOPES).flat(),
  ]),
].toSorted() as BotScopes;

/** The app as Slack is told about it; `manifest.yml` is generated from this. */
export const MANIFEST = {
  display_information: {
    name: 'Redthread',
    description:
      'Incident triage for AWS in threads: evidence, hypotheses, and a record at the end.',
    background_color: '#7a1f2b',
  },
  features: {
    // The bot writes to people directly when it cannot reach them in a channel.
    app_home: {
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: true,
    },
    bot_user: { display_name: 'redthread', always_online: true },
    shortcuts: [
      {
        type: 'message',
        name: 'Start triage from here',
        callback_id: MESSAGE_SHORTCUTS.startFromMessage,
        description: 'Works on the problem in this message’s thread',
      },
      {
        type: 'message',
        name: 'Add to the timeline',
        callback_id: MESSAGE_SHORTCUTS.addToTimeline,
        description: 'Keeps this message in the record of the incident',
      },
    ],
    slash_commands: [
      {
        command: COMMANDS.triage,
        description: 'Start an incident, or go on with the one that is open here',
        usage_hint: '[what is wrong since 10:42 sev2 | status | list | close | help]',
        // `handoff @person` arrives as an id.
        should_escape: true,
      },
      {
        command: COMMANDS.trail,
        description: 'Find out who did what in AWS',
        usage_hint: 'who stopped i-0abc1234 since yesterday',
        should_escape: false,
      },
    ],
  },
  oauth_config: { scopes: { bot: SCOPES } },
  settings: {
    event_subscriptions: { bot_events: [...EVENTS] },
    interactivity: { is_enabled: true },
    org_deploy_enabled: false,
    socket_mode_enabled: true,
    token_rotation_enabled: false,
  },
} as const satisfies SlackManifest;
