export { openAiCompletions } from './completions.js';
export { openAiEmbeddings } from './embeddings.js';
export { openAiImages } from './images.js';
export { openAiModerations } from './moderations.js';
export { jinaRerank } from './rerank.js';
export { openAiSpeech } from './speech.js';
export { openAiTranscriptions } from './transcriptions.js';
