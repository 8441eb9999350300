import type { LoadJob } from '../load/load-job.js';
import type { BenchProcess } from '../processes/bench-process.js';

/** Something that takes calls: the upstream itself, the bare proxy before it, or the gateway, also without rescue. */
export interface Subject {
  readonly name: 'upstream' | 'bare' | 'gateway' | 'unarmed';
  readonly process: BenchProcess;
  readonly port: number;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly model: string;
  /** Fields that its requests have besides. */
  readonly more?: object;
}

const REQUEST_BYTES = 600;

/** The job of calling this subject, with a request of 600 bytes. */
export function jobFor(
  subject: Subject,
  stream: boolean,
  job: Omit<LoadJob, 'port' | 'path' | 'headers' | 'body'>,
): LoadJob {
  const { port, path, headers, model, more } = subject;
  return { ...job, port, path, headers, body: requestBody(model, stream, more) };
}

function requestBody(model: string, stream: boolean, more?: object): string {
  const print = (content: string): string =>
    JSON.stringify({
      model,
      messages: [
        { role: 'system', content: 'You are a helpful assistant that answers in one paragraph.' },
        { role: 'user', content },
      ],
      temperature: 0.7,
      max_tokens: 256,
      ...(stream && { stream: true, stream_options: { include_usage: true } }),
      ...more,
    });
  const sentence = 'What should a team look at first when it moves its traffic to another model? ';
  return print(sentence.repeat(10).slice(0, REQUEST_BYTES - print('').length));
}
