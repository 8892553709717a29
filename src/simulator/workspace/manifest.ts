import { z } from 'zod';

const commandSchema = z.object({
  command: z.string().startsWith('/'),
  description: z.string(),
  usage_hint: z.string().default(''),
  should_escape: z.boolean().default(false),
});

const shortcutSchema = z.object({
  name: z.string(),
  type: z.enum(['message', 'global']),
  callback_id: z.string(),
});

const manifestSchema = z.object({
  display_information: z.object({ name: z.string() }),
  features: z
    .object({
      app_home: z
        .object({
          home_tab_enabled: z.boolean().default(false),
          messages_tab_enabled: z.boolean().default(false),
          messages_tab_read_only_enabled: z.boolean().default(true),
        })
        .optional(),
      bot_user: z.object({ display_name: z.string() }).optional(),
      slash_commands: z.array(commandSchema).default([]),
      shortcuts: z.array(shortcutSchema).default([]),
    })
    .prefault({}),
  oauth_config: z
    .object({ scopes: z.object({ bot: z.array(z.string()).optional() }).prefault({}) })
    .prefault({}),
  settings: z
    .object({
      event_subscriptions: z.object({ bot_events: z.array(z.string()).default([]) }).prefault({}),
      interactivity: z.object({ is_enabled: z.boolean().default(false) }).prefault({}),
      socket_mode_enabled: z.boolean().default(false),
    })
    .prefault({}),
});

export interface ManifestCommand {
  readonly command: string;
  readonly description: string;
  readonly usageHint: string;
  readonly shouldEscape: boolean;
}

/** The part of an app manifest that decides how Slack treats the app. */
export interface Manifest {
  readonly appName: string;
  readonly botName: string;
  readonly commands: readonly ManifestCommand[];
  readonly messageShortcuts: readonly { readonly callbackId: string; readonly name: string }[];
  readonly botEvents: ReadonlySet<string>;
  /** null where the manifest names no bot scopes: then no scope is asked for. */
  readonly botScopes: ReadonlySet<string> | null;
  readonly isSocketModeEnabled: boolean;
  /** Without it Slack delivers no clicks, forms and shortcuts. */
  readonly isInteractive: boolean;
  /** Where the manifest does not speak of the app's Home both tabs are open. */
  readonly hasHomeTab: boolean;
  /** People may write to the app directly. */
  readonly takesDirectMessages: boolean;
}

/** Throws a ZodError that names what is missing. */
export function parseManifest(manifest: unknown): Manifest {
  const { display_information, features, oauth_config, settings } = manifestSchema.parse(manifest);
  const scopes = oauth_config.scopes.bot;
  const home = features.app_home;
  return {
    appName: display_information.name,
    botName: features.bot_user?.display_name ?? display_information.name,
    commands: features.slash_commands.map((command) => ({
      command: command.command,
      description: command.description,
      usageHint: command.usage_hint,
      shouldEscape: command.should_escape,
    })),
    messageShortcuts: features.shortcuts
      .filter((shortcut) => shortcut.type === 'message')
      .map((shortcut) => ({ callbackId: shortcut.callback_id, name: shortcut.name })),
    botEvents: new Set(settings.event_subscriptions.bot_events),
    botScopes: scopes === undefined ? null : new Set(scopes),
    isSocketModeEnabled: settings.socket_mode_enabled,
    isInteractive: settings.interactivity.is_enabled,
    hasHomeTab: home?.home_tab_enabled ?? true,
    takesDirectMessages:
      home === undefined || (home.messages_tab_enabled && !home.messages_tab_read_only_enabled),
  };
}
