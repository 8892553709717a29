import { authMethods } from './auth.ts';
import { blockMethods } from './blocks.ts';
import { canvasMethods } from './canvases.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { fileMethods } from './files.ts';
import { historyMethods } from './history.ts';
import { markMethods } from './marks.ts';
import type { MethodTable } from './method.ts';
import { userMethods } from './users.ts';
import { viewMethods } from './views.ts';

/** Every Web API method the workspace knows. */
export const apiMethods: MethodTable = {
  ...authMethods,
  ...blockMethods,
  ...canvasMethods,
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...historyMethods,
  ...markMethods,
  ...userMethods,
  ...viewMethods,
};
