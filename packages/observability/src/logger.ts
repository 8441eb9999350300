import { type Logger as PinoLogger, pino } from 'pino';
import { REDACTED_PATHS, scrubSecrets } from './redaction.js';

export type LogFields = Record<string, unknown>;

/** One line of JSON per event on standard output. `fields.error` is printed with its causes. */
export class Logger {
  constructor(private readonly pino: PinoLogger) {}

  debug(message: string, fields: LogFields = {}): void {
    this.pino.debug(fields, message);
  }

  info(message: string, fields: LogFields = {}): void {
    this.pino.info(fields, message);
  }

  warn(message: string, fields: LogFields = {}): void {
    this.pino.warn(fields, message);
  }

  error(message: string, fields: LogFields = {}): void {
    this.pino.error(fields, message);
  }

  /** A logger whose lines all carry these fields. */
  child(fields: LogFields): Logger {
    return new Logger(this.pino.child(fields));
  }
}

export interface LoggerOptions {
  /** Which process speaks. */
  name: string;
  /** `trace` … `fatal`, or `silent`. */
  level: string;
}

/** Makes the process' logger. Secrets are redacted by field name, and by shape in the text of errors. */
export function createLogger(options: LoggerOptions): Logger {
  return new Logger(
    pino({
      name: options.name,
      level: options.level,
      redact: { paths: REDACTED_PATHS, censor: '[secret]' },
      serializers: { error: printError },
      base: null,
    }),
  );
}

function printError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error ? error.code : undefined;
  return {
    name: error.name,
    message: scrubSecrets(error.message),
    ...(code === undefined ? {} : { code }),
    stack: error.stack === undefined ? undefined : scrubSecrets(error.stack),
    ...(error.cause === undefined ? {} : { cause: printError(error.cause) }),
  };
}
