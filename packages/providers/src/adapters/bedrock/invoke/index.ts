export { bedrockEmbed } from './embed.js';
export { bedrockImages } from './images.js';
export { bedrockRerank } from './rerank.js';
