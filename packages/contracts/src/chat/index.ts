export * from './carried-state.js';
export * from './chat-answer.js';
export * from './chat-event.js';
export * from './chat-request.js';
export * from './finish-reason.js';
export * from './reasoning-detail.js';
