import { characterCount, type SpeechRequest, type UpstreamFailure, type Usage } from '@trunkline/contracts';
import { outgoingFields } from '../endpoints/json-body.js';
import { failed } from '../endpoints/read-answer.js';
import type { AnswerPiece, AnswerReader, EndpointAdapter } from '../endpoints/types.js';
import { classifyResponse, empty, malformed, refused, type CodeTable } from '../failure/index.js';
import type { JsonRecord } from '../loose-json.js';
import { TypedEventReader } from './typed-events.js';
import { tokenUsage } from './usage.js';

/** These count characters, stream no events and take no instructions. */
const BY_CHARACTERS = /(?:^|\/)tts-1/;

/**
 * Speech in OpenAI's format. The models that count tokens say how many in events alone, so events are what they are
 * asked for, whatever the client wants.
 * https://platform.openai.com/docs/api-reference/audio/createSpeech
 */
export function openAiSpeech(
  codes?: CodeTable,
  events = (model: string) => !BY_CHARACTERS.test(model),
): EndpointAdapter<SpeechRequest, never> {
  return {
    unsupported: (request, model) =>
      request.instructions && BY_CHARACTERS.test(model) ? ['instructions'] : [],
    buildRequests: ({ request, model }) => {
      // A voice of somebody's own: on the platform's credential it could be another tenant's.
      if (typeof request.voice !== 'string')
        return {
          kind: 'refused',
          failure: refused('voice.id', 'Voices kept at a provider are not taken here.'),
        };
      const { stream_format: _ours, ...rest } = request;
      const drop = BY_CHARACTERS.test(model) ? ['instructions'] : [];
      const { fields, dropped } = outgoingFields(rest, model, { drop });
      const body = JSON.stringify({ ...fields, ...(events(model) ? { stream_format: 'sse' } : {}) });
      return { kind: 'built', requests: [{ path: '/audio/speech', body }], dropped };
    },
    parseAnswers: () => failed(malformed('Speech comes in pieces.')),
    readerFor: ({ model, request }) =>
      events(model)
        ? new TypedEventReader(SPEECH_EVENTS)
        : new SoundReader({ characters: characterCount(request.input) }),
    classifyFailure: (response) => classifyResponse(response, codes),
  };
}

const SPEECH_EVENTS = {
  last: /^speech\.audio\.done$/,
  usageOf: (usage: unknown) => tokenUsage(usage, 'audio'),
  pieceOf: ({ audio }: JsonRecord): AnswerPiece | null =>
    typeof audio === 'string' && audio !== '' ? { kind: 'bytes', bytes: Buffer.from(audio, 'base64') } : null,
  // Servers of one's own that know no events send the sound itself; it is counted here.
  instead: (contentType: string) => (/^audio\//i.test(contentType) ? new SoundReader(null) : null),
};

/** How errors and web pages begin that some servers send as what was asked for. */
const NO_SOUND = /^\s*(?:\{\s*"(?:error|errors|detail|message|object|code)"|<!doctype|<html)/i;

/** Sound as it comes. Its end is the connection's: one that breaks is told by the transport. */
export class SoundReader implements AnswerReader {
  readonly refuses = /json|html|xml|text\//i;
  failure: UpstreamFailure | null = null;
  isWhole = false;
  private bytes = 0;

  constructor(readonly usage: Usage | null) {}

  push(bytes: Buffer): AnswerPiece[] {
    if (bytes.length === 0) return [];
    if (this.bytes === 0 && NO_SOUND.test(bytes.toString('latin1', 0, 64))) {
      this.failure = malformed('The answer is said to be sound, and is none.');
      return [];
    }
    this.bytes += bytes.length;
    return [{ kind: 'bytes', bytes }];
  }

  end(): { pieces: AnswerPiece[]; failure: UpstreamFailure | null } {
    this.isWhole = this.bytes > 0;
    return { pieces: [], failure: this.isWhole ? null : empty() };
  }
}
