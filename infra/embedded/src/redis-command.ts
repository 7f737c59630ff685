import { connect } from 'node:net';

const patienceMs = 1_000;

/**
 * Sends one command to a Redis on loopback and returns its answer as text, '' for none. Enough for what is asked before
 * anyone works with it: answers in one part, no lists.
 * @throws Error with what Redis has against it, or that nobody answers; never with the password
 */
export function redisCommand(port: number, password: string, ...words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = connect({ port, host: '127.0.0.1' });
    const fail = (why: string) => {
      socket.destroy();
      reject(new Error(`Redis at port ${port}: ${why}`));
    };
    socket.setTimeout(patienceMs, () => fail('no answer'));
    socket.once('error', (error) => fail(error.message));
    socket.once('close', () => fail('hung up'));
    socket.once('connect', () => socket.write(`${encoded(['AUTH', password])}${encoded(words)}`));
    socket.on('data', (chunk) => {
      said += chunk.toString('utf8');
      const login = answerIn(said);
      if (!login) return;
      const answer = login.error === undefined ? answerIn(login.rest) : login;
      if (!answer) return;
      if (answer.error !== undefined) return fail(answer.error);
      socket.destroy();
      resolve(answer.text);
    });
  });
}

const encoded = (words: readonly string[]): string =>
  `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;

interface Answer {
  readonly text: string;
  readonly error?: string;
  readonly rest: string;
}

/** The first answer in what has come so far; null where it is not whole yet. */
function answerIn(said: string): Answer | null {
  const end = said.indexOf('\r\n');
  if (end < 0) return null;
  const [kind, line, rest] = [said[0], said.slice(1, end), said.slice(end + 2)];
  if (kind === '-') return { text: '', error: line, rest };
  if (kind !== '$') return { text: line, rest };
  const length = Number(line);
  if (length < 0) return { text: '', rest };
  const bytes = Buffer.from(rest);
  if (bytes.length < length + 2) return null;
  return { text: bytes.toString('utf8', 0, length), rest: bytes.toString('utf8', length + 2) };
}
