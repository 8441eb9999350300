import type { SpeechFormat, SpeechRequest, Usage } from '@trunkline/contracts';
import { present } from '../endpoints/json-body.js';
import { failed, readAnswer } from '../endpoints/read-answer.js';
import type { EndpointAdapter } from '../endpoints/types.js';
import { waveHeader } from '../endpoints/wave-header.js';
import { WholeSoundReader, type ReadSound } from '../endpoints/whole-sound-reader.js';
import { malformed, refused } from '../failure/index.js';
import { recordOf, textOf } from '../loose-json.js';
import { classifyGemini } from '../gemini-generate/failure.js';
import { usageFromGemini } from '../gemini-generate/usage.js';
import type { PathOf } from './path-of.js';

/** Linear samples are all that it makes. https://ai.google.dev/gemini-api/docs/speech-generation */
const FORMAT = { samplesPerSecond: 24_000, bitsPerSample: 16, channels: 1 };
const DROPPED = ['speed'];

/** OpenAI's voices, by what they are like. https://ai.google.dev/gemini-api/docs/speech-generation#voices */
const VOICES: Readonly<Record<string, string>> = {
  alloy: 'Kore',
  ash: 'Algenib',
  ballad: 'Enceladus',
  coral: 'Aoede',
  echo: 'Charon',
  fable: 'Fenrir',
  nova: 'Zephyr',
  onyx: 'Orus',
  sage: 'Leda',
  shimmer: 'Achernar',
  verse: 'Puck',
};

/** Speech of Gemini's models: WAV or bare samples, in one piece. A voice is one of its own, or of OpenAI's names. */
export const geminiSpeech = (pathOf: PathOf): EndpointAdapter<SpeechRequest, never> => ({
  unsupported: (request) => present(request, DROPPED),
  buildRequests: (call) => {
    const { request } = call;
    const format = request.response_format ?? 'mp3';
    if (format !== 'wav' && format !== 'pcm')
      return {
        kind: 'refused',
        failure: refused('response_format', 'This provider makes wav and pcm alone.'),
      };
    const voice = typeof request.voice === 'string' ? request.voice : request.voice.id;
    const text = request.instructions ? `${request.instructions}:\n${request.input}` : request.input;
    const body = JSON.stringify({
      contents: [{ role: 'user', parts: [{ text }] }],
      generationConfig: {
        responseModalities: ['AUDIO'],
        speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: VOICES[voice] ?? voice } } },
      },
    });
    return {
      kind: 'built',
      requests: [{ path: pathOf(call, 'generateContent'), body }],
      dropped: present(request, DROPPED),
    };
  },
  parseAnswers: () => failed(malformed('Speech comes in pieces.')),
  readerFor: ({ request }) =>
    new WholeSoundReader((body) => readSound(body, request.response_format ?? 'wav')),
  classifyFailure: classifyGemini,
});

function readSound(body: string, format: SpeechFormat): ReadSound {
  const read = readAnswer(body);
  if (read.kind === 'failed') return read;
  const [candidate] = Array.isArray(read.value['candidates']) ? (read.value['candidates'] as unknown[]) : [];
  const parts: unknown = recordOf(recordOf(candidate)['content'])['parts'];
  const samples = Buffer.concat(
    (Array.isArray(parts) ? (parts as unknown[]) : []).map((part) =>
      Buffer.from(textOf(recordOf(recordOf(part)['inlineData'])['data']), 'base64'),
    ),
  );
  const usage = usageFromGemini(read.value['usageMetadata']);
  const isWave = format === 'wav' && samples.length > 0;
  return {
    kind: 'sound',
    bytes: isWave ? Buffer.concat([waveHeader(samples.length, FORMAT), samples]) : samples,
    usage: usage && asPriced(usage),
  };
}

/** All that it makes is sound, also where the details do not say so. */
function asPriced({ 'output.audio': audio = 0, 'output.text': text = 0, ...rest }: Usage): Usage {
  return { ...rest, 'output.audio': audio + text };
}
