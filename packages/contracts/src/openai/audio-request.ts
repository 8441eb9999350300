import { z } from 'zod';
import { uploadedFile } from './uploaded-file.js';
import { routingFields } from './routing-fields.js';

/** OpenAI's bound is 4,096; other makers take more. */
const MAX_SPOKEN_CHARACTERS = 100_000;

export const SPEECH_FORMATS = ['mp3', 'opus', 'aac', 'flac', 'wav', 'pcm'] as const;
export type SpeechFormat = (typeof SPEECH_FORMATS)[number];

/** `POST /v1/audio/speech`. https://platform.openai.com/docs/api-reference/audio/createSpeech */
export const speechRequestSchema = z.looseObject({
  ...routingFields,
  input: z.string().min(1).max(MAX_SPOKEN_CHARACTERS),
  voice: z.union([z.string().min(1), z.looseObject({ id: z.string() })]),
  response_format: z.enum(SPEECH_FORMATS).nullish(),
  speed: z.number().min(0.25).max(4).nullish(),
  instructions: z.string().nullish(),
  stream_format: z.enum(['audio', 'sse']).nullish(),
});
export type SpeechRequest = z.infer<typeof speechRequestSchema>;

export const TRANSCRIPT_FORMATS = ['json', 'text', 'srt', 'verbose_json', 'vtt', 'diarized_json'] as const;
export type TranscriptFormat = (typeof TRANSCRIPT_FORMATS)[number];

const heard = {
  ...routingFields,
  file: uploadedFile,
  prompt: z.string().nullish(),
  response_format: z.enum(TRANSCRIPT_FORMATS).nullish(),
  temperature: z.number().min(0).max(1).nullish(),
};

/** `POST /v1/audio/transcriptions`, a form. https://platform.openai.com/docs/api-reference/audio/createTranscription */
export const transcriptionRequestSchema = z.looseObject({
  ...heard,
  language: z.string().nullish(),
  stream: z.boolean().nullish(),
  timestamp_granularities: z.array(z.enum(['word', 'segment'])).nullish(),
  include: z.array(z.string()).nullish(),
});

/** `POST /v1/audio/translations`, a form. https://platform.openai.com/docs/api-reference/audio/createTranslation */
export const translationRequestSchema = z.looseObject(heard);

export type TranscriptionRequest = z.infer<typeof transcriptionRequestSchema>;
export type TranslationRequest = z.infer<typeof translationRequestSchema>;

/** What is to be done with a recording. */
export type AudioRequest =
  | { readonly task: 'transcribe'; readonly request: TranscriptionRequest }
  | { readonly task: 'translate'; readonly request: TranslationRequest };
