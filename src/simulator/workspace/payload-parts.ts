import type { Core } from './core.ts';
import type { Json } from './json.ts';
import type { Channel, OpenView, Person } from './state.ts';

/** The parts that Slack's interaction payloads share, as recorded from real ones. */

export function personPart(core: Core, person: Person): Json {
  return {
    id: person.id,
    username: person.name,
    name: person.name,
    team_id: core.settings.teamId,
  };
}

export function teamPart(core: Core): Json {
  return { id: core.settings.teamId, domain: core.settings.teamDomain };
}

export function channelPart(channel: Channel): Json {
  return { id: channel.id, name: channel.directWith === null ? channel.name : 'directmessage' };
}

export function appPart(core: Core): Json {
  return { api_app_id: core.settings.appId, token: core.settings.verificationToken };
}

/** A view as payloads and `views.*` answers carry it. `values` is the state that people filled in. */
export function viewPart(core: Core, open: OpenView, values: Json = {}): Json {
  const { settings } = core;
  const { view } = open;
  const modalFields =
    view['type'] === 'modal'
      ? { close: view['close'] ?? null, submit: view['submit'] ?? null, title: view['title'] }
      : {};
  return {
    id: open.id,
    team_id: settings.teamId,
    type: view['type'],
    blocks: view['blocks'],
    private_metadata: view['private_metadata'] ?? '',
    callback_id: view['callback_id'] ?? '',
    state: { values },
    hash: open.hash,
    ...modalFields,
    clear_on_close: view['clear_on_close'] ?? false,
    notify_on_close: view['notify_on_close'] ?? false,
    previous_view_id: open.previousId,
    root_view_id: open.rootId,
    app_id: settings.appId,
    external_id: open.externalId,
    app_installed_team_id: settings.teamId,
    bot_id: settings.botId,
  };
}
