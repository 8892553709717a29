import { connect as connectTcp, isIP } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { AbstractConnector, type RedisOptions } from 'ioredis';
import { AppError } from '../../errors.ts';
import { askNeighbour, type Neighbourhood, tellTroubles } from './ask-neighbour.ts';
import { type Address, sameAddress } from './place.ts';

const DISCONNECT_TIMEOUT_MS = 2_000;
const SEARCH_AGAIN_AFTER_MS = 200;

type Connector = NonNullable<RedisOptions['Connector']>;
type Listener = Parameters<InstanceType<Connector>['connect']>[0];

/**
 * Leads each new connection of the driver to whichever server is the primary then. All keys are in
 * one slot, so on a Cluster, too, this is one server: each request either reaches it or fails, and
 * nobody but its sender repeats it.
 */
export function connectorToPrimary(neighbourhood: Neighbourhood): Connector {
  const find = createSearch(neighbourhood);
  const { isTls } = neighbourhood.place;
  return class PrimaryConnector extends AbstractConnector {
    constructor() {
      super(DISCONNECT_TIMEOUT_MS);
    }

    /** A server that has lost its role meanwhile is left; the next connection asks again. */
    override check(info: { readonly role?: string }): boolean {
      return info.role !== 'slave';
    }

    override async connect(tell: Listener) {
      this.connecting = true;
      for (;;) {
        const found = await find();
        // The driver's own words for "stopped meanwhile".
        if (!this.connecting) throw new Error('Connection is closed.');
        if (found.kind === 'primary') {
          this.stream = openSocket(found.address, isTls);
          this.stream.once('error', (error) => {
            this.firstError = error;
          });
          return this.stream;
        }
        tell('error', found.error);
        await delay(SEARCH_AGAIN_AFTER_MS);
      }
    }
  };
}

function openSocket({ host, port }: Address, isTls: boolean) {
  if (!isTls) return connectTcp({ host, port });
  return connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }) });
}

type Found =
  | { readonly kind: 'primary'; readonly address: Address }
  | { readonly kind: 'nobody'; readonly error: AppError };

/**
 * Asks one after another, each time beginning with the next one: what one of them says may be out
 * of date. Whom the last one named is asked as well.
 */
function createSearch(neighbourhood: Neighbourhood): () => Promise<Found> {
  const { addresses } = neighbourhood.place;
  let others: readonly Address[] = [];
  let turn = 0;
  return async () => {
    const known = withoutDoubles([...addresses, ...others]);
    const first = turn % known.length;
    turn += 1;
    const answers = [];
    for (const address of [...known.slice(first), ...known.slice(0, first)]) {
      const answer = await askNeighbour(address, neighbourhood);
      if (answer.kind === 'primary') {
        others = answer.others;
        return { kind: 'primary', address: answer.primary };
      }
      answers.push({ address, answer });
    }
    const error = new AppError('store-unavailable', tellTroubles(answers));
    return { kind: 'nobody', error };
  };
}

function withoutDoubles(addresses: readonly Address[]): readonly Address[] {
  return addresses.filter(
    (one, index) => addresses.findIndex((other) => sameAddress(one, other)) === index,
  );
}
