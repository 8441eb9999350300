export { dropOldResponses, keepResponse } from './keep-response.js';
export { listInputItems } from './list-input-items.js';
export { deleteResponse, readItems, readResponse, type ResponseReader } from './read-response.js';
