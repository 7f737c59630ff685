import { type Logger, pino } from 'pino';

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

/** One JSON line per event on stdout, with the service's name and process on each. */
export function createLogger(service: string, level: string): Logger {
  return pino({
    level,
    base: { service, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: redacted, censor: '[redacted]' },
    serializers: { err: pino.stdSerializers.err },
  });
}
