export { cohereEmbed } from './embed.js';
export { cohereRerank } from './rerank.js';
