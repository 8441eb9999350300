import type { ChatRequest } from '@trunkline/contracts';
import type { RequestNeeds } from '@trunkline/routing';

/** What of a chat request decides which targets can answer it. One pass over the messages. */
export function needsOf(
  request: ChatRequest,
  promptTokens: number,
  outputTokenLimit: number | null,
): RequestNeeds {
  let images = false;
  let audio = false;
  let files = false;
  for (const message of request.messages) {
    images ||= message.role === 'assistant' && Boolean(message.images?.length);
    if (!Array.isArray(message.content)) continue;
    for (const { type } of message.content) {
      images ||= type === 'image_url';
      audio ||= type === 'input_audio';
      files ||= type === 'file';
    }
  }
  const tools = Boolean(request.tools?.length || request.functions?.length);
  const jsonSchema = request.response_format?.type === 'json_schema';
  return { tools, images, audio, files, jsonSchema, promptTokens, outputTokenLimit };
}
