import type { App } from '@slack/bolt';
import { registerGate } from '../access/gate.ts';
import type { SlackContext } from '../context.ts';
import { registerActions } from './actions/register.ts';
import { registerCommands } from './commands/register.ts';
import { registerEvents } from './events/register.ts';
import { registerShortcuts } from './shortcuts/register.ts';
import { registerViews } from './views/register.ts';

export function registerListeners(app: App, context: SlackContext): void {
  registerGate(app, context);
  registerCommands(app, context);
  registerActions(app, context);
  registerViews(app, context);
  registerShortcuts(app, context);
  registerEvents(app, context);
}
