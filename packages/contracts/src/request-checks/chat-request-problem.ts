import { printPath, type RequestIssue } from '../openai/first-issue.js';
import type { ChatMessage, ChatRequest, ContentPart, DrawnImage } from '../chat/chat-request.js';
import { base64Problem, fileUrlProblem, imageUrlProblem } from './media.js';
import type { RequestProblem } from './request-problem.js';
import { schemaProblem } from './schema-problem.js';
import { toolChoiceProblem } from './tool-choice-problem.js';
import { toolResultProblem } from './tool-result-problem.js';

/**
 * What no provider can make sense of in a request whose fields have the right types, whichever dialect it came in:
 * media that are not what they say or stand inside somebody's network, a tool's result without its call, a choice of no
 * tool, a schema without end. Looks only at what is there; a conversation of texts costs a loop over its messages.
 * @param request canonical, with its whole history
 * @returns the first problem, or null
 */
export function chatRequestProblem(request: ChatRequest): RequestProblem | null {
  return (
    toolResultProblem(request.messages) ??
    toolChoiceProblem(request) ??
    contentProblem(request.messages) ??
    schemasProblem(request)
  );
}

/**
 * A problem as the client is told it.
 * @param path of the field in the client's own dialect; the canonical one where it is left out
 */
export function problemIssue(problem: RequestProblem, path = problem.path): RequestIssue {
  const param = printPath(path);
  return { code: 'invalid_value', param, message: `Invalid value for '${param}': it ${problem.reason}.` };
}

function contentProblem(messages: readonly ChatMessage[]): RequestProblem | null {
  for (const [i, message] of messages.entries()) {
    const { content } = message;
    if (message.role === 'assistant' && message.images) {
      const problem = drawnProblem(message.images);
      if (problem) return { ...problem, path: ['messages', i, 'images', ...problem.path] };
    }
    if (!Array.isArray(content)) continue;
    for (const [j, part] of content.entries()) {
      const problem = partProblem(part);
      if (problem) return { ...problem, path: ['messages', i, 'content', j, ...problem.path] };
    }
  }
  return null;
}

function drawnProblem(images: readonly DrawnImage[]): RequestProblem | null {
  for (const [j, { image_url: image }] of images.entries()) {
    const reason = imageUrlProblem(image.url);
    if (reason !== null) return { path: [j, 'image_url', 'url'], reason };
  }
  return null;
}

function partProblem(part: ContentPart): RequestProblem | null {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return null;
    case 'image_url':
      return problemAt(['image_url', 'url'], imageUrlProblem(part.image_url.url));
    case 'video_url':
      return problemAt(['video_url', 'url'], fileUrlProblem(part.video_url.url));
    case 'input_audio':
      return problemAt(['input_audio', 'data'], bytesProblem(part.input_audio.data));
    case 'file': {
      const data = part.file.file_data ?? null;
      return data === null ? null : problemAt(['file', 'file_data'], bytesProblem(data));
    }
  }
}

/** Sound and files come as bare base64, as a data URL, or by address. */
function bytesProblem(data: string): string | null {
  return /^[a-z][a-z\d+.-]*:/i.test(data.slice(0, 32)) ? fileUrlProblem(data) : base64Problem(data);
}

function schemasProblem(request: ChatRequest): RequestProblem | null {
  for (const [i, { function: definition }] of (request.tools ?? []).entries()) {
    const reason = definition?.parameters ? schemaProblem(definition.parameters) : null;
    if (reason) return { path: ['tools', i, 'function', 'parameters'], reason };
  }
  for (const [i, { parameters }] of (request.functions ?? []).entries()) {
    const reason = parameters ? schemaProblem(parameters) : null;
    if (reason) return { path: ['functions', i, 'parameters'], reason };
  }
  const { response_format: format } = request;
  if (format?.type !== 'json_schema' || !format.json_schema.schema) return null;
  return problemAt(['response_format', 'json_schema', 'schema'], schemaProblem(format.json_schema.schema));
}

function problemAt(path: RequestProblem['path'], reason: string | null): RequestProblem | null {
  return reason === null ? null : { path, reason };
}
