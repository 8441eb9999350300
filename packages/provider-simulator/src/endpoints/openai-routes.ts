import type { Operation } from '../protocols/protocol.js';
import { openAiCompletions } from './completions.js';
import type { Endpoint } from './endpoint.js';
import { openAiImageEdits, openAiImages, openAiImageVariations } from './images.js';
import { openAiModerations } from './moderations.js';
import { openAiEmbeddings } from './openai-embeddings.js';
import { cohereRerank, deepinfraRerank, jinaRerank } from './rerank.js';
import { minimaxSpeech, openAiSpeech } from './speech.js';
import { openAiTranscriptions, openAiTranslations } from './transcriptions.js';

const ROUTES: readonly (readonly [end: string, endpoint: string, answer: Endpoint])[] = [
  ['/completions', 'completions', openAiCompletions],
  ['/embeddings', 'embeddings', openAiEmbeddings],
  ['/providers/cohere/v2/rerank', 'rerank', cohereRerank],
  ['/rerank', 'rerank', jinaRerank],
  ['/moderations', 'moderations', openAiModerations],
  ['/images/generations', 'images', openAiImages],
  ['/images/edits', 'images', openAiImageEdits],
  ['/images/variations', 'images', openAiImageVariations],
  ['/audio/speech', 'speech', openAiSpeech],
  ['/t2a_v2', 'speech', minimaxSpeech],
  ['/audio/transcriptions', 'transcriptions', openAiTranscriptions],
  ['/audio/translations', 'transcriptions', openAiTranslations],
];

/** The endpoints beside chat at an address of OpenAI's format, whatever stands before their names. */
export function openAiEndpoint(method: string, path: string): Operation | undefined {
  if (method !== 'POST') return undefined;
  const [, model] = /\/inference\/(.+)$/u.exec(path) ?? [];
  if (model !== undefined)
    return {
      kind: 'endpoint',
      endpoint: 'rerank',
      answer: deepinfraRerank,
      target: { model, stream: false },
    };
  const route = ROUTES.find(([end]) => path.endsWith(end));
  return route && { kind: 'endpoint', endpoint: route[1], answer: route[2] };
}
