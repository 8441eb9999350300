import { countTokens } from '../counting/count-tokens.js';
import { refuse } from '../protocols/native-problem.js';
import { Fields } from '../protocols/read-fields.js';
import { type Endpoint, json } from './endpoint.js';

const FORMATS = ['mp3', 'opus', 'aac', 'flac', 'wav', 'pcm'] as const;
const CONTENT_TYPES = {
  mp3: 'audio/mpeg',
  opus: 'audio/opus',
  aac: 'audio/aac',
  flac: 'audio/flac',
  wav: 'audio/wav',
  pcm: 'audio/pcm',
} as const;
const BYTES_PER_CHARACTER = 400;
/** Tokens of sound for each of text. */
const SOUND_PER_TOKEN = 5;

/** https://platform.openai.com/docs/api-reference/audio/createSpeech */
export const openAiSpeech: Endpoint = ({ body, model }) => {
  const fields = Fields.of(body, []);
  const input = fields.requiredString('input');
  if (input.length > 4_096) refuse(fields.at('input'), 'range', '1..4096', input.length);
  fields.required('voice');
  fields.number('speed', { least: 0.25, most: 4 });
  const format = fields.oneOf('response_format', FORMATS) ?? 'mp3';
  const streamFormat = fields.oneOf('stream_format', ['audio', 'sse']) ?? 'audio';
  const sound = soundOf(input);
  const text = countTokens(input);
  const made = text * SOUND_PER_TOKEN;
  const usage = { promptTokens: text, completionTokens: made };
  if (streamFormat === 'audio')
    return { kind: 'plain', contentType: CONTENT_TYPES[format], body: sound, usage };
  if (/tts-1/u.test(model))
    refuse(
      fields.at('stream_format'),
      'unsupported',
      "stream_format 'sse' is not supported with this model.",
    );
  const third = Math.ceil(sound.length / 3);
  const deltas = [0, 1, 2].map((at) => ({
    type: 'speech.audio.delta',
    audio: sound.subarray(at * third, (at + 1) * third).toString('base64'),
  }));
  const done = { input_tokens: text, output_tokens: made, total_tokens: text + made };
  return { kind: 'events', events: [...deltas, { type: 'speech.audio.done', usage: done }], usage };
};

/** https://platform.minimax.io/docs/api-reference/speech-t2a-http */
export const minimaxSpeech: Endpoint = ({ body }) => {
  const fields = Fields.of(body, []);
  const text = fields.requiredString('text');
  fields.requiredObject('voice_setting').requiredString('voice_id');
  fields.object('audio_setting')?.oneOf('format', ['mp3', 'pcm', 'flac', 'wav']);
  return json(
    {
      data: { audio: soundOf(text).toString('hex'), status: 2 },
      extra_info: { audio_length: 1_000, usage_characters: text.length },
      trace_id: 'simulated',
      base_resp: { status_code: 0, status_msg: 'success' },
    },
    0,
  );
};

/** Bytes that are the same for the same text, and no sound. */
export function soundOf(text: string): Buffer {
  const bytes = Buffer.alloc(Math.max(1, text.length) * BYTES_PER_CHARACTER);
  for (let at = 0; at < bytes.length; at += 1)
    bytes[at] = (text.charCodeAt(at % text.length) + at * 7) & 0xff;
  return bytes;
}
