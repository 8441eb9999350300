export { defineOpenAiCompatible } from './define.js';
