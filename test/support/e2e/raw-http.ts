import { connect } from 'node:net';

/** What came back on a connection of its own, and that the other side closed it. */
export interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

/** Writes this text and no more, and waits until the other side closes the connection. */
export function rawExchange(port: number, text: string): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (bytes) => {
      answer += String(bytes);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      const [, status = '0'] = /^HTTP\/1\.1 (\d{3})/.exec(answer) ?? [];
      resolve({ status: Number(status), text: answer });
    });
  });
}

/** The head of a request whose body comes in pieces, so that its length is not known beforehand. */
export function chunkedHead(path: string, headers: Readonly<Record<string, string>> = {}): string {
  const lines = { host: '127.0.0.1', 'transfer-encoding': 'chunked', ...headers };
  const text = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${path} HTTP/1.1\r\n${text.join('')}\r\n`;
}

export function chunk(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}
