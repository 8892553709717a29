import { z } from 'zod';
import { type BlockError, blockErrors } from '../check-blocks.ts';
import { type Json, objectsIn } from '../json.ts';
import { invalidArguments } from '../refusal.ts';
import { viewErrors } from '../views.ts';
import { optionalObject, optionalObjects } from './arguments.ts';
import { type ApiContext, type MethodTable, method } from './method.ts';

const candidate = z.object({
  blocks: optionalObjects,
  message: optionalObject,
  view: optionalObject,
});

function problems({ core }: ApiContext, args: z.output<typeof candidate>): readonly BlockError[] {
  if (args.view !== undefined) {
    return viewErrors(core, args.view, args.view['type'] === 'home' ? 'home' : 'modal');
  }
  if (args.blocks === undefined && args.message === undefined) {
    throw invalidArguments(['[ERROR] must provide blocks, message or view']);
  }
  return blockErrors(args.blocks ?? objectsIn(args.message?.['blocks']), 'message', core);
}

const validate = method({ tier: 'tier4', token: 'none' }, candidate, (context, args): Json => {
  const errors = problems(context, args);
  if (errors.length === 0) return {};
  return {
    ok: false,
    error: 'invalid_blocks',
    errors: errors.map((error) => ({ ...error, code: 'invalid', constraint: error.message })),
  };
});

export const blockMethods = { 'blocks.validate': validate } as const satisfies MethodTable;
