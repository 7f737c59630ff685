import { type DestinationStream, type Logger, pino } from 'pino';
import { loggedError } from './loggedError.ts';

/** Where personal data or secrets would stand if someone logged a whole object by mistake. */
const redacted = [
  'password',
  'secret',
  'token',
  'authorization',
  'cookie',
  'email',
  'phone',
  'address',
  'shipTo',
  'payload',
  'body',
  'url',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** One JSON line per event, on stdout unless told otherwise, with the service's name and process on each. */
export function createLogger(service: string, level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { service, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: redacted, censor: '[redacted]' },
    serializers: { err: loggedError },
  };
  return destination ? pino(options, destination) : pino(options);
}
