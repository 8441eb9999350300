import type { IncomingMessage } from 'node:http';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { AppError } from '@trunkline/errors';
import type { RequestContext } from '../../pipeline/request-context.js';
import type { BodyBudget } from '../body-budget.js';
import { FormBody } from './form-body.js';
import { MAX_FILE_BYTES_IN_MEMORY, StoredFile } from './stored-file.js';

const LIMITS = { fields: 200, files: 20, fieldNameSize: 200, fieldSize: 1024 * 1024, headerPairs: 100 };
/** Of a form that is refused this much is read and thrown away, so that its client comes to read the answer. */
const MAX_DISCARDED_BYTES = 128 * 1024 * 1024;

/**
 * Reads a form within the bounds of one request and of the process. What is in memory is counted on the context and
 * given back by whoever ends the request, who also discards the files.
 * @throws AppError 400 for what is no form, 413 for too much, 503 when the process holds too much
 */
export async function readForm(
  payload: IncomingMessage,
  context: RequestContext,
  budget: BodyBudget,
): Promise<FormBody> {
  const form = new FormBody();
  context.onEnd(() => form.discard());
  const parser = openParser(payload);
  const reading = new FormReading(form, context, budget);
  await new Promise<void>((resolve, reject) => {
    let bytes = 0;
    let isRefused = false;
    const refuse = (error: Error) => {
      if (isRefused) return;
      isRefused = true;
      payload.unpipe(parser);
      parser.destroy();
      payload.resume();
      reading.stop(error);
      // Told when the body is over: until then its client may not be listening.
      if (payload.readableEnded) reject(error);
      else payload.once('end', () => reject(error)).once('close', () => reject(error));
    };
    payload.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > budget.maxBodyBytes) refuse(tooLarge(budget.maxBodyBytes));
      if (bytes > MAX_DISCARDED_BYTES) reject(tooLarge(budget.maxBodyBytes));
    });
    payload.on('error', (error: Error) => reject(new AppError('invalid_request', { cause: error })));
    payload.on('close', () => {
      if (!payload.readableEnded) reject(new AppError('client_left'));
    });
    // The parser's types promise a name; a part without one has none. What a listener throws would end the process.
    parser.on('file', (name: string | undefined, stream, fileName, _encoding, contentType) => {
      if (name === undefined) refuse(nameless());
      reading.file(name ?? '', stream, fileName, contentType).catch(refuse);
    });
    parser.on('field', (name: string | undefined, value, isNameCut, isValueCut) => {
      if (name === undefined) return refuse(nameless());
      if (isNameCut || isValueCut) return refuse(tooMuch(name));
      try {
        reading.text(name, value);
      } catch (error) {
        refuse(error instanceof Error ? error : noForm());
      }
    });
    for (const event of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const)
      parser.on(event, () => refuse(tooMuch(null)));
    parser.on('error', () => refuse(noForm()));
    parser.on('finish', () => reading.done().then(resolve, refuse));
    payload.pipe(parser);
  });
  return form;
}

function openParser(payload: IncomingMessage): BusboyInstance {
  const contentType = payload.headers['content-type'] ?? '';
  try {
    return new Busboy({ headers: { ...payload.headers, 'content-type': contentType }, limits: LIMITS });
  } catch {
    throw noForm();
  }
}

/** What has been read of one form. */
class FormReading {
  private readonly running: Promise<void>[] = [];
  private failure: Error | null = null;

  constructor(
    private readonly form: FormBody,
    private readonly context: RequestContext,
    private readonly budget: BodyBudget,
  ) {}

  text(name: string, value: string): void {
    this.hold(Buffer.byteLength(value));
    this.form.addText(name, value);
  }

  /** Files come one behind the other: the next one waits until this one is stored. */
  file(name: string, stream: BusboyFileStream, fileName: string, contentType: string): Promise<void> {
    const storing = this.store(name, stream, fileName, contentType);
    this.running.push(storing);
    return storing;
  }

  stop(error: Error): void {
    this.failure ??= error;
  }

  async done(): Promise<void> {
    await Promise.all(this.running);
    if (this.failure) throw this.failure;
  }

  private async store(
    name: string,
    stream: BusboyFileStream,
    fileName: string,
    contentType: string,
  ): Promise<void> {
    const file = new StoredFile();
    this.context.onEnd(() => file.discard());
    let heldBytes = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (this.failure) continue;
      if (heldBytes < MAX_FILE_BYTES_IN_MEMORY) {
        this.hold(chunk.length);
        heldBytes += chunk.length;
      }
      await file.append(chunk);
    }
    if (this.failure) return;
    this.form.addFile(name, file, { fileName, contentType });
  }

  private hold(bytes: number): void {
    // What is held is given back at the end, once.
    if (this.context.hasEnded) throw new AppError('client_left');
    this.budget.take(bytes);
    this.context.heldBodyBytes += bytes;
  }
}

function noForm(): AppError {
  return new AppError('invalid_request', { publicMessage: 'The body is not a valid multipart form.' });
}

function nameless(): AppError {
  return new AppError('invalid_request', { publicMessage: 'A part of the form has no name.' });
}

function tooMuch(field: string | null): AppError {
  return new AppError('request_too_large', {
    publicMessage: 'The form has more fields, or longer ones, than are taken.',
    ...(field === null ? {} : { param: field.slice(0, 64) }),
  });
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('request_too_large', {
    publicMessage: `The body is larger than ${Math.floor(maxBytes / 1024 / 1024)} MiB.`,
  });
}
