import { authMethods } from './auth.ts';
import { chatMethods } from './chat.ts';
import type { MethodTable } from './method.ts';
import { viewMethods } from './views.ts';

/** Every Web API method the workspace knows. */
export const apiMethods: MethodTable = {
  ...authMethods,
  ...chatMethods,
  ...viewMethods,
};
