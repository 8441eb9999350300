export { dropOldResponses, keepResponse } from './keep-response.js';
export { listInputItems } from './list-input-items.js';
export { deleteResponse, readResponse, type ResponseReader } from './read-response.js';
