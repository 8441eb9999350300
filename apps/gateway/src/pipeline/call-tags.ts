import type { RequestContext } from './request-context.js';

/** OpenAI's own bounds. https://platform.openai.com/docs/api-reference/chat/create#chat-create-metadata */
const MAX_TAGS = 16;
const MAX_NAME = 64;
const MAX_VALUE = 512;

/** What the log keeps to find a call by: the request's `metadata`, and the application that OpenRouter's clients name. */
export function callTags(
  context: RequestContext,
  metadata: Record<string, unknown> | null | undefined,
): Record<string, string> {
  const tags: Record<string, string> = {};
  if (metadata) {
    for (const [name, value] of Object.entries(metadata).slice(0, MAX_TAGS)) {
      if (typeof value === 'string') tags[name.slice(0, MAX_NAME)] = value.slice(0, MAX_VALUE);
    }
  }
  if (context.app.referer) tags['app.referer'] = context.app.referer;
  if (context.app.title) tags['app.title'] = context.app.title;
  return tags;
}
