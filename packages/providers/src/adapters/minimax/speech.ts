import type { SpeechRequest, Usage } from '@trunkline/contracts';
import { present } from '../../endpoints/json-body.js';
import { failed, readAnswer } from '../../endpoints/read-answer.js';
import type { EndpointAdapter } from '../../endpoints/types.js';
import { WholeSoundReader, type ReadSound } from '../../endpoints/whole-sound-reader.js';
import { classifyInBand, classifyResponse, malformed, refused, type CodeTable } from '../../failure/index.js';
import { countOf, recordOf, textOf } from '../../loose-json.js';

const FORMATS: ReadonlySet<string> = new Set(['mp3', 'pcm', 'flac', 'wav']);
const DROPPED = ['instructions'];

/** https://platform.minimax.io/docs/api-reference/errorcode */
const CODES: CodeTable = {
  1000: 'server_error',
  1001: 'timeout',
  1002: 'rate_limited',
  1004: 'credential_rejected',
  1008: 'quota_exhausted',
  1013: 'server_error',
  1026: 'content_policy',
  1027: 'content_policy',
  1039: 'rate_limited',
  1042: 'invalid_request',
  2013: 'invalid_request',
  2049: 'credential_rejected',
  2056: 'quota_exhausted',
};

/** MiniMax's speech: the sound comes as hexadecimal digits, errors inside a 200. https://platform.minimax.io/docs/api-reference/speech-t2a-http */
export const minimaxSpeech: EndpointAdapter<SpeechRequest, never> = {
  unsupported: (request) => present(request, DROPPED),
  buildRequests: ({ request, model }) => {
    const format = request.response_format ?? 'mp3';
    if (!FORMATS.has(format))
      return {
        kind: 'refused',
        failure: refused('response_format', `This provider does not make ${format}.`),
      };
    const voice = typeof request.voice === 'string' ? request.voice : request.voice.id;
    const body = JSON.stringify({
      model,
      text: request.input,
      stream: false,
      output_format: 'hex',
      voice_setting: { voice_id: voice, speed: Math.min(2, Math.max(0.5, request.speed ?? 1)) },
      audio_setting: { format },
    });
    return { kind: 'built', requests: [{ path: '/t2a_v2', body }], dropped: present(request, DROPPED) };
  },
  parseAnswers: () => failed(malformed('Speech comes in pieces.')),
  readerFor: () => new WholeSoundReader(readSound),
  classifyFailure: (response) => classifyResponse(response, CODES),
};

function readSound(body: string): ReadSound {
  const read = readAnswer(body, CODES);
  if (read.kind === 'failed') return read;
  const { status_code: status, status_msg: message } = recordOf(read.value['base_resp']);
  if (typeof status === 'number' && status !== 0) {
    const error = { message: textOf(message), type: null, code: String(status), param: null, status: null };
    return failed(classifyInBand(error, CODES));
  }
  const hex = textOf(recordOf(read.value['data'])['audio']);
  if (!/^(?:[\da-f]{2})*$/i.test(hex)) return failed(malformed('The sound is not hexadecimal.'));
  const characters = countOf(recordOf(read.value['extra_info'])['usage_characters']);
  const usage: Usage | null = characters ? { characters } : null;
  return { kind: 'sound', bytes: Buffer.from(hex, 'hex'), usage };
}
