import type { ResponseItem } from './response-items.js';

/** A response that is kept, with all that the model saw: another one may follow it. */
export interface StoredResponse {
  /** Of this request, behind those of the responses that it followed. */
  readonly items: readonly ResponseItem[];
  /** As the client got it. */
  readonly response: Record<string, unknown>;
}

/** What one that follows begins with. The items of an answer are written as those of a request are. */
export function itemsAfter({ items, response }: StoredResponse): ResponseItem[] {
  const { output } = response;
  return [...items, ...(Array.isArray(output) ? (output as ResponseItem[]) : [])];
}
