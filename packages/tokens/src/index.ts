export { countChatPrompt, estimateChatPrompt, readChatPrompt, type ChatPrompt } from './chat-prompt.js';
export { countText, countTextsInSlices, loadTokenizer } from './count-text.js';
export { imageTokens } from './estimate-media.js';
export { estimateText } from './estimate-text.js';
export { imageSizeOf, type ImageSize } from './image-size.js';
export { forTokenizerOf } from './tokenizer-factor.js';
