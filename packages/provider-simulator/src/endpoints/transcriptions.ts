import { createHash } from 'node:crypto';
import { countTokens } from '../counting/count-tokens.js';
import { refuse } from '../protocols/native-problem.js';
import { Fields } from '../protocols/read-fields.js';
import { type Endpoint, type EndpointOutput, type FormFile, json } from './endpoint.js';

const BYTES_PER_SECOND = 16_000;
const FORMATS = ['json', 'text', 'srt', 'verbose_json', 'vtt', 'diarized_json'] as const;

/** What it hears names the file, so that who sent it can tell that all of it came. */
export function heardIn(bytes: Uint8Array): string {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  return `Heard ${bytes.length} bytes that begin and end as ${hash} says.`;
}

/** https://platform.openai.com/docs/api-reference/audio/createTranscription */
export const openAiTranscriptions: Endpoint = (input) => {
  const fields = Fields.of(input.body, []);
  fields.string('language');
  return transcribe(fields, input.model);
};

/** https://platform.openai.com/docs/api-reference/audio/createTranslation */
export const openAiTranslations: Endpoint = ({ body, model }) => {
  const fields = Fields.of(body, []);
  if (!/whisper/u.test(model)) refuse(fields.at('model'), 'unsupported', 'This model does not translate.');
  return transcribe(fields, model);
};

function transcribe(fields: Fields, model: string): EndpointOutput {
  const file = fields.required('file') as FormFile;
  if (!(file.bytes instanceof Uint8Array) || file.bytes.length === 0)
    refuse(fields.at('file'), 'type', 'a file', file);
  const format = fields.oneOf('response_format', FORMATS) ?? 'json';
  const isWhisper = /whisper/u.test(model);
  if (!isWhisper && ['srt', 'vtt', 'verbose_json'].includes(format)) {
    refuse(
      fields.at('response_format'),
      'unsupported',
      `response_format '${format}' is not compatible with model '${model}'.`,
    );
  }
  const text = heardIn(file.bytes);
  const seconds = Math.max(0.1, Math.round((file.bytes.length / BYTES_PER_SECOND) * 10) / 10);
  if (isWhisper) return ofWhisper(text, seconds, format);
  const audio = Math.ceil(seconds * 10);
  const written = countTokens(text);
  const usage = {
    type: 'tokens',
    input_tokens: audio,
    input_token_details: { text_tokens: 0, audio_tokens: audio },
    output_tokens: written,
    total_tokens: audio + written,
  };
  if (fields.raw('stream') !== 'true') return json({ text, usage }, audio, written);
  const words = text.split(/(?<= )/u);
  const deltas = words.map((delta) => ({ type: 'transcript.text.delta', delta }));
  return {
    kind: 'events',
    events: [...deltas, { type: 'transcript.text.done', text, usage }],
    usage: { promptTokens: audio, completionTokens: written },
  };
}

function ofWhisper(text: string, seconds: number, format: (typeof FORMATS)[number]): EndpointOutput {
  if (format === 'json') return json({ text, usage: { type: 'duration', seconds: Math.ceil(seconds) } }, 0);
  if (format !== 'verbose_json')
    return {
      kind: 'plain',
      contentType: 'text/plain',
      body: `${text}\n`,
      usage: { promptTokens: 0, completionTokens: 0 },
    };
  const half = Math.ceil(text.length / 2);
  const segments = [text.slice(0, half), text.slice(half)].map((part, id) => ({
    id,
    seek: 0,
    start: (seconds / 2) * id,
    end: (seconds / 2) * (id + 1),
    text: part,
    tokens: [],
    temperature: 0,
    avg_logprob: -0.1,
    compression_ratio: 1,
    no_speech_prob: 0.01,
  }));
  return json({ task: 'transcribe', language: 'english', duration: seconds, text, segments }, 0);
}
