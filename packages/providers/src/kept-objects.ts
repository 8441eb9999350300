import type { ChatRequest, ContentPart } from '@trunkline/contracts';

/**
 * Fields of a chat request that name an object at a provider.
 * https://platform.openai.com/docs/api-reference/chat/create
 * https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-use-converse-api.html
 */
const TOP_LEVEL = ['previous_response_id', 'container', 'conversation', 'guardrailConfig'];

/**
 * The first field that names an object kept at a provider (a file, an earlier audio answer, a container, a guardrail).
 * Such ids belong to whoever made the object; on the platform's shared credential they could be another tenant's.
 * @returns the field's path, or null
 */
export function keptObject(request: ChatRequest): string | null {
  for (const field of TOP_LEVEL) if ((request[field] ?? null) !== null) return field;
  for (const [i, message] of request.messages.entries()) {
    const audio = message['audio'];
    if (audio !== null && typeof audio === 'object' && 'id' in audio) return `messages[${i}].audio.id`;
    if (!Array.isArray(message.content)) continue;
    for (const [j, part] of message.content.entries()) {
      const path = `messages[${i}].content[${j}]`;
      if (part.type === 'file' && (part.file.file_id ?? null) !== null) return `${path}.file.file_id`;
      if (part.type === 'image_url' && isReference(part.image_url.url)) return `${path}.image_url.url`;
      if (part.type === 'video_url' && isReference(part.video_url.url)) return `${path}.video_url.url`;
    }
  }
  return null;
}

/** Moonshot's `ms://…` and the like: neither data nor an address on the web. */
function isReference(url: string): boolean {
  return /^(?:ms|gs|s3|file|fileid):/i.test(url);
}

/**
 * The first image or video that stands on the web.
 * @returns the field's path, or null
 */
export function remoteMedia(request: ChatRequest): string | null {
  return firstPart(request, (part) => {
    if (part.type === 'image_url' && isOnWeb(part.image_url.url)) return 'image_url.url';
    return part.type === 'video_url' && isOnWeb(part.video_url.url) ? 'video_url.url' : null;
  });
}

/**
 * The first file that stands on the web.
 * @returns the field's path, or null
 */
export function remoteFile(request: ChatRequest): string | null {
  return firstPart(request, (part) =>
    part.type === 'file' && isOnWeb(part.file.file_data ?? '') ? 'file.file_data' : null,
  );
}

/** Names of files that stand on the web, by their paths: where there is an address, some take no name. */
export function namesOfRemoteFiles({ messages }: ChatRequest): string[] {
  return messages.flatMap(({ content }, i) =>
    (Array.isArray(content) ? content : []).flatMap((part, j) =>
      part.type === 'file' && isOnWeb(part.file.file_data ?? '') && part.file.filename
        ? [`messages[${i}].content[${j}].file.filename`]
        : [],
    ),
  );
}

function firstPart(request: ChatRequest, fieldOf: (part: ContentPart) => string | null): string | null {
  for (const [i, { content }] of request.messages.entries()) {
    if (!Array.isArray(content)) continue;
    for (const [j, part] of content.entries()) {
      const field = fieldOf(part);
      if (field !== null) return `messages[${i}].content[${j}].${field}`;
    }
  }
  return null;
}

function isOnWeb(url: string): boolean {
  return /^https?:/i.test(url);
}
