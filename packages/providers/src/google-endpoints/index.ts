export { imagen } from './imagen.js';
export { geminiSpeech } from './speech.js';
export { taskTypeOf } from './task-types.js';
