import {
  characterCount,
  speechRequestSchema,
  type SpeechFormat,
  type SpeechRequest,
} from '@trunkline/contracts';
import type { AppError } from '@trunkline/errors';
import type { AnswerPiece } from '@trunkline/providers';
import { estimateText } from '@trunkline/tokens';
import type { RequestContext } from '../../pipeline/request-context.js';
import { countTexts } from '../count-inputs.js';
import type { EndpointDoor, EndpointFacts, PiecePrinter } from '../endpoint-door.js';
import { tokenUsageObject } from '../endpoint-usage.js';
import { errorEvent, eventFrame } from '../event-printer.js';
import { readRequest, wishesIn } from '../read-request.js';

/** A token of text is spoken in about a third of a second, of which one has about 21 tokens of sound. */
const SOUND_TOKENS_PER_TOKEN = 8;

const CONTENT_TYPES: Readonly<Record<SpeechFormat, string>> = {
  mp3: 'audio/mpeg',
  opus: 'audio/opus',
  aac: 'audio/aac',
  flac: 'audio/flac',
  wav: 'audio/wav',
  pcm: 'audio/pcm',
};

/** `POST /v1/audio/speech`: sound as it comes, or events with it, whichever way the provider sends it. */
export const speechDoor: EndpointDoor<SpeechRequest, never> = {
  read(body, context) {
    const request = readRequest(speechRequestSchema, body);
    const tokens = Math.ceil(estimateText(request.input));
    const characters = characterCount(request.input);
    return {
      endpoint: 'speech',
      adapterIn: ({ speech }) => speech,
      request,
      wishes: wishesIn(request),
      stream: true,
      form: null,
      expected: { characters, 'input.text': tokens, 'output.audio': tokens * SOUND_TOKENS_PER_TOKEN },
      longestInputTokens: tokens,
      needsImages: false,
      takesFree: false,
      isSlow: true,
      count: async () => {
        const counted = await countTexts([request.input]);
        return { characters, 'input.text': counted, 'output.audio': counted * SOUND_TOKENS_PER_TOKEN };
      },
      printWhole: (answer) => answer,
      newPrinter: () =>
        request.stream_format === 'sse'
          ? new SpeechEventPrinter(context)
          : new SoundPrinter(CONTENT_TYPES[request.response_format ?? 'mp3']),
      kept: () => null,
    };
  },
};

/** Bare sound: nothing can be said behind it, and only a broken connection says that it is not whole. */
class SoundPrinter implements PiecePrinter {
  constructor(readonly contentType: string) {}

  print(piece: AnswerPiece): Buffer | null {
    return piece.kind === 'bytes' ? Buffer.from(piece.bytes) : null;
  }

  close(): string {
    return '';
  }

  fail(): null {
    return null;
  }
}

/** https://platform.openai.com/docs/api-reference/audio/speech-audio-delta-event */
class SpeechEventPrinter implements PiecePrinter {
  readonly contentType = 'text/event-stream; charset=utf-8';

  constructor(private readonly context: RequestContext) {}

  print(piece: AnswerPiece): string | null {
    if (piece.kind !== 'bytes') return null;
    return eventFrame({ type: 'speech.audio.delta', audio: Buffer.from(piece.bytes).toString('base64') });
  }

  close(facts: EndpointFacts): string {
    return eventFrame({ type: 'speech.audio.done', usage: tokenUsageObject(facts), ...facts.additions });
  }

  fail(error: AppError): string {
    return errorEvent(error, this.context);
  }
}
