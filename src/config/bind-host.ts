import { isIP } from 'node:net';
import { z } from 'zod';

/** Plain HTTP is for this machine; what brings TLS stands in front. */
export const BIND_HOST = '127.0.0.1';

/** The address of the interface that the port is on. */
export const bindHost = z
  .string()
  .refine((text) => isIP(text) > 0, {
    error: 'is not the address of an interface: 0.0.0.0 is all of them (default 127.0.0.1)',
  })
  .optional();
