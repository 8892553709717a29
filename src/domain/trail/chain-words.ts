import { CHAIN_LIMITS } from './chain-searches.ts';
import { isMinting } from './find-mint.ts';
import type { TrailRecord } from './record.ts';

/** Why a chain ends where it does; only at its `origin` is it whole. */
export type ChainEnd =
  | 'origin'
  | 'foreign'
  | 'no-key'
  | 'not-found'
  | 'unchecked'
  | 'too-long'
  | 'loop';

/** What the records alone do not tell about a chain's end. */
export interface ChainExplanation {
  /** Why a place could not be asked; null when all answered. */
  readonly explanation?: string | null;
  /** What people call an account, by its id. */
  readonly accountNames?: ReadonlyMap<string, string>;
}

const NOT_FURTHER = 'The session could not be followed further back';
// An id that IAM made; and a session's name as STS allows it, so that nothing else gets into a sentence.
const FOREIGN_ID = /: ([A-Z0-9]{16,32})(?::([\w+=,.@-]{2,64}))?$/;

/** What is missing and where to ask on; null for a whole chain. */
export function chainSentence(
  end: ChainEnd,
  last: TrailRecord,
  { explanation = null, accountNames = new Map() }: ChainExplanation,
): string | null {
  switch (end) {
    case 'origin':
      return null;
    case 'foreign':
      return [foreignSentence(last, accountNames), elsewhereSentence(explanation)]
        .filter((sentence) => sentence !== '')
        .join(' ');
    case 'no-key':
      return `${NOT_FURTHER}: its record holds no access key id.`;
    case 'not-found':
      return `${NOT_FURTHER}: no call that issued its credentials was found.`;
    case 'unchecked':
      return `${NOT_FURTHER}. ${explanation ?? 'The lookup failed.'}`;
    case 'too-long':
      return `Credentials were followed back ${CHAIN_LIMITS.stepsMax} steps without reaching their origin.`;
    case 'loop':
      return `${NOT_FURTHER}: the records point in a circle.`;
  }
}

function foreignSentence(last: TrailRecord, accountNames: ReadonlyMap<string, string>): string {
  const accountId = last.principal.accountId ?? 'another account';
  const name = accountNames.get(accountId);
  const account = name === undefined ? accountId : `${name} (${accountId})`;
  const [, id = null, session = null] = FOREIGN_ID.exec(last.principal.label) ?? [];
  const principal = session === null ? id : `${session} (id ${id})`;
  const by = id === null ? '' : ` by principal ${principal}`;
  const action = isMinting(last.eventName) ? 'The role was assumed' : 'The call was made';
  return `${action} from account ${account}${by}, whose own trail names the caller: ask there.`;
}

function elsewhereSentence(explanation: string | null): string {
  return explanation === null ? '' : `It could not be asked from here: ${explanation}`;
}
