export { authHeaders } from './auth-headers.js';
export { ChatChunkPrinter, type ChatChunkPrinterOptions } from './dialects/chat-chunk-printer.js';
export * from './framing/index.js';
export { adapterOf, allAdapters } from './registry.js';
export * from './types.js';
