import type { AudioRequest, TranscriptFormat } from '@trunkline/contracts';
import { formFields } from '../endpoints/form-fields.js';
import { outgoingFields } from '../endpoints/json-body.js';
import { failed, readAnswer } from '../endpoints/read-answer.js';
import type {
  EndpointAdapter,
  EndpointAnswer,
  EndpointCall,
  Transcript,
  TranscriptSegment,
} from '../endpoints/types.js';
import { classifyResponse, malformed, refused, type CodeTable } from '../failure/index.js';
import { isRecord, textOf } from '../loose-json.js';
import { TypedEventReader } from './typed-events.js';
import { durationUsage, tokenUsage } from './usage.js';

export interface TranscriptionQuirks {
  readonly codes?: CodeTable;
}

/** These count seconds, know segments, translate, and stream nothing. */
const WHISPER = /whisper/i;
const DIARIZES = /diarize/;
const TIMED: ReadonlySet<TranscriptFormat> = new Set(['srt', 'vtt', 'verbose_json']);

/**
 * Transcripts in OpenAI's format. Whisper is asked for all that it knows, since the seconds that are charged stand in
 * the long form alone; what the client wanted is printed from it. The others know one form each.
 * https://platform.openai.com/docs/api-reference/audio/createTranscription
 */
export function openAiTranscriptions({ codes }: TranscriptionQuirks = {}): EndpointAdapter<
  AudioRequest,
  Transcript
> {
  return {
    unsupported: () => [],
    buildRequests: (call) => build(call),
    parseAnswers: (bodies) => parse(bodies[0] ?? '', codes),
    readerFor: ({ request: { task, request }, model }) =>
      task === 'transcribe' && request.stream === true && !WHISPER.test(model)
        ? new TypedEventReader({
            last: /^transcript\.text\.done$/,
            usageOf: (usage) => tokenUsage(usage, 'text'),
          })
        : null,
    classifyFailure: (response) => classifyResponse(response, codes),
  };
}

function build({ request: { task, request }, model }: EndpointCall<AudioRequest>) {
  const wanted = request.response_format ?? 'json';
  const isWhisper = WHISPER.test(model);
  const problem = problemOf(task, wanted, model);
  if (problem) return { kind: 'refused' as const, failure: refused(problem.param, problem.message) };
  const { fields, dropped } = outgoingFields(request, model, {
    drop: isWhisper ? ['stream', 'include'] : [],
  });
  fields['response_format'] = isWhisper ? 'verbose_json' : wanted === 'diarized_json' ? wanted : 'json';
  const path = task === 'translate' ? '/audio/translations' : '/audio/transcriptions';
  // Streams of Whisper are made here of the whole.
  const told = dropped.filter((name) => name !== 'stream');
  return { kind: 'built' as const, requests: [{ path, body: formFields(fields) }], dropped: told };
}

function problemOf(task: AudioRequest['task'], wanted: TranscriptFormat, model: string) {
  if (task === 'translate' && !WHISPER.test(model))
    return { param: 'model', message: 'This model transcribes and does not translate.' };
  if (TIMED.has(wanted) && !WHISPER.test(model))
    return { param: 'response_format', message: `This model does not answer in the format '${wanted}'.` };
  if (wanted === 'diarized_json' && !DIARIZES.test(model))
    return { param: 'response_format', message: 'This model does not tell speakers apart.' };
  return null;
}

function parse(body: string, codes?: CodeTable): EndpointAnswer<Transcript> {
  const read = readAnswer(body, codes);
  if (read.kind === 'failed') return read;
  const { usage, x_groq: about, ...details } = read.value;
  const { text } = details;
  if (typeof text !== 'string') return failed(malformed('The answer has no text.'));
  const seconds = secondsOf(details['duration']);
  const reported = tokenUsage(usage, 'text') ?? (seconds === null ? null : durationUsage({ seconds }));
  return {
    kind: 'answer',
    id: (isRecord(about) && textOf(about['id'])) || null,
    usage: reported,
    answer: {
      text,
      language: textOf(details['language']) || null,
      seconds,
      segments: segmentsOf(details['segments']),
      details,
    },
  };
}

function secondsOf(value: unknown): number | null {
  const seconds = typeof value === 'string' ? Number(value) : value;
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

function segmentsOf(value: unknown): TranscriptSegment[] | null {
  if (!Array.isArray(value)) return null;
  return (value as unknown[]).filter(isRecord).map((segment) => ({
    startSeconds: secondsOf(segment['start']) ?? 0,
    endSeconds: secondsOf(segment['end']) ?? 0,
    text: textOf(segment['text']),
  }));
}
