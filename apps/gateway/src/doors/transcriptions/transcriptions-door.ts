import {
  transcriptionRequestSchema,
  translationRequestSchema,
  type AudioRequest,
  type Usage,
} from '@trunkline/contracts';
import type { Transcript } from '@trunkline/providers';
import type { RequestContext } from '../../pipeline/request-context.js';
import type { ClientBody, EndpointClientCall, EndpointDoor, EndpointFacts } from '../endpoint-door.js';
import { costFields, tokenDetails, tokenUsageObject } from '../endpoint-usage.js';
import { EventPrinter, eventFrame } from '../event-printer.js';
import { readRequest, wishesIn } from '../read-request.js';
import { printSrt, printVtt } from './subtitles.js';

/** Speech at 32 kbit/s, and samples of 16 bits at 16 kHz: what a second is taken for until its length is known. */
const BYTES_PER_SECOND = 4_000;
const BYTES_PER_SECOND_OF_SAMPLES = 32_000;
const SOUND_TOKENS_PER_SECOND = 10;
const TEXT_TOKENS_PER_SECOND = 4;

const FORM_TYPES = {
  numbers: ['temperature'],
  booleans: ['stream'],
  lists: ['timestamp_granularities', 'include', 'known_speaker_names', 'known_speaker_references'],
};

const JSON_TYPE = 'application/json; charset=utf-8';
const TEXT_TYPE = 'text/plain; charset=utf-8';

type AudioDoor = EndpointDoor<AudioRequest, Transcript>;

/** `POST /v1/audio/transcriptions` */
export const transcriptionsDoor: AudioDoor = {
  read: (body, context) => {
    const request = readRequest(transcriptionRequestSchema, body, { types: FORM_TYPES });
    return audioCall({ task: 'transcribe', request }, request.stream === true, body, context);
  },
};

/** `POST /v1/audio/translations` */
export const translationsDoor: AudioDoor = {
  read: (body, context) => {
    const request = readRequest(translationRequestSchema, body, { types: FORM_TYPES });
    return audioCall({ task: 'translate', request }, false, body, context);
  },
};

function audioCall(
  asked: AudioRequest,
  stream: boolean,
  body: ClientBody,
  context: RequestContext,
): EndpointClientCall<AudioRequest, Transcript> {
  const { request } = asked;
  const expected = expectedUsage(request.file.bytes, request.file.contentType);
  return {
    endpoint: 'transcriptions',
    adapterIn: ({ transcriptions }) => transcriptions,
    request: asked,
    wishes: wishesIn(request),
    stream,
    form: body.kind === 'form' ? body.form : null,
    expected,
    longestInputTokens: 0,
    needsImages: false,
    takesFree: false,
    isSlow: true,
    count: (answer) => (answer?.seconds == null ? expected : usageOfSeconds(Math.ceil(answer.seconds))),
    printWhole: (transcript, facts) =>
      stream ? printEvents(transcript, facts) : printTranscript(transcript, request.response_format, facts),
    newPrinter: () => new EventPrinter(context, transcriptUsage),
    kept: ({ text }) => ({ text }),
  };
}

function expectedUsage(bytes: number, contentType: string): Usage {
  const perSecond = /wav|pcm|flac|l16/i.test(contentType) ? BYTES_PER_SECOND_OF_SAMPLES : BYTES_PER_SECOND;
  return usageOfSeconds(Math.ceil(bytes / perSecond));
}

function usageOfSeconds(seconds: number): Usage {
  return {
    seconds_in: seconds,
    'input.audio': seconds * SOUND_TOKENS_PER_SECOND,
    'output.text': seconds * TEXT_TOKENS_PER_SECOND,
  };
}

function printTranscript(
  { text, segments, details }: Transcript,
  format: AudioRequest['request']['response_format'],
  facts: EndpointFacts,
) {
  switch (format) {
    case 'text':
      return { contentType: TEXT_TYPE, body: `${text}\n` };
    case 'srt':
      return { contentType: TEXT_TYPE, body: printSrt(segments ?? []) };
    case 'vtt':
      return { contentType: 'text/vtt; charset=utf-8', body: printVtt(segments ?? []) };
    case 'verbose_json':
    case 'diarized_json':
      return json({ ...details, text, usage: transcriptUsage(facts), ...facts.additions });
    case 'json':
    case null:
    case undefined: {
      const { logprobs } = details;
      const more = logprobs === undefined ? {} : { logprobs };
      return json({ text, ...more, usage: transcriptUsage(facts), ...facts.additions });
    }
  }
}

function json(value: object) {
  return { contentType: JSON_TYPE, body: JSON.stringify(value) };
}

/** A stream that was asked of a model that has none: the whole text, then its end. */
function printEvents({ text }: Transcript, facts: EndpointFacts) {
  const done = { type: 'transcript.text.done', text, usage: transcriptUsage(facts), ...facts.additions };
  return {
    contentType: 'text/event-stream; charset=utf-8',
    body: eventFrame({ type: 'transcript.text.delta', delta: text }) + eventFrame(done),
  };
}

/** https://platform.openai.com/docs/api-reference/audio/json-object */
function transcriptUsage(facts: EndpointFacts): object {
  const { seconds_in: seconds } = facts.usage;
  if (seconds !== undefined) return { type: 'duration', seconds, ...costFields(facts) };
  const { text_tokens, audio_tokens } = tokenDetails(facts.usage, 'input');
  return {
    type: 'tokens',
    ...tokenUsageObject(facts),
    input_token_details: { text_tokens, audio_tokens },
  };
}
