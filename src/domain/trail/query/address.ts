const IPV4_BITS = 32n;
const IPV6_BITS = 128n;

interface Range {
  readonly bits: bigint;
  readonly first: bigint;
  readonly last: bigint;
}

export function isAddressOrRange(text: string): boolean {
  return readRange(text) !== null;
}

/** Whether an address lies in a range, or is the address that was asked for. */
export function isAddressIn(address: string, wanted: string): boolean {
  const range = readRange(wanted);
  const single = readRange(address);
  if (range === null || single === null) return address.toLowerCase() === wanted.toLowerCase();
  return single.bits === range.bits && single.first >= range.first && single.last <= range.last;
}

/** An IPv4 or IPv6 address, or a CIDR block of either. */
function readRange(text: string): Range | null {
  const match = /^([0-9a-f.:]{2,45})(?:\/(\d{1,3}))?$/i.exec(text);
  const address = match?.[1];
  if (address === undefined) return null;
  const bits = address.includes(':') ? IPV6_BITS : IPV4_BITS;
  const number = bits === IPV6_BITS ? readIpv6(address) : readIpv4(address);
  const prefix = BigInt(match?.[2] ?? bits);
  if (number === null || prefix > bits) return null;
  const size = 1n << (bits - prefix);
  const first = (number / size) * size;
  return { bits, first, last: first + size - 1n };
}

function readIpv4(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) {
    return null;
  }
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function readIpv6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map(readGroups);
  if (head === undefined || head === null || tail === null) return null;
  const given = head.length + (tail?.length ?? 0);
  if (tail === undefined ? given !== 8 : given > 7) return null;
  const groups = [...head, ...Array<number>(8 - given).fill(0), ...(tail ?? [])];
  return groups.reduce((sum, group) => sum * 65_536n + BigInt(group), 0n);
}

/** The 16-bit groups of one side of `::`; an IPv4 tail counts as two. */
function readGroups(text: string): number[] | null {
  if (text === '') return [];
  const parts = text.split(':');
  const last = parts.at(-1) ?? '';
  const groups: number[] = [];
  for (const part of last.includes('.') ? parts.slice(0, -1) : parts) {
    if (!/^[0-9a-f]{1,4}$/i.test(part)) return null;
    groups.push(Number.parseInt(part, 16));
  }
  if (!last.includes('.')) return groups;
  const ipv4 = readIpv4(last);
  return ipv4 === null ? null : [...groups, Number(ipv4 / 65_536n), Number(ipv4 % 65_536n)];
}
