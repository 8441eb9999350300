import { soundFormatOf } from './sound-format.js';

type Json = Readonly<Record<string, unknown>>;

/**
 * A chat request in OpenAI's words. Mistral and Perplexity have the same format with some words of their own, and their
 * clients write those: a choice of `any` tool, tools without `type`, an image or a sound that is a bare string, parts
 * `document_url`, `file_url` and `thinking`. Whoever wrote none gets the very value back; nothing is mutated, and what is
 * wrong stays wrong.
 * https://docs.mistral.ai/api/ · https://docs.perplexity.ai/guides/file-attachments
 */
export function inOpenAiWords(request: object): object {
  const { messages, tools, tool_choice: choice } = request as Json;
  const changed = {
    ...(choice === 'any' ? { tool_choice: 'required' } : {}),
    ...changedList('tools', tools, typedTool),
    ...changedList('messages', messages, openAiMessage),
  };
  return Object.keys(changed).length > 0 ? { ...request, ...changed } : request;
}

function typedTool(tool: unknown): unknown {
  return isObject(tool) && tool['type'] === undefined && isObject(tool['function'])
    ? { ...tool, type: 'function' }
    : tool;
}

function openAiMessage(message: unknown): unknown {
  if (!isObject(message) || !Array.isArray(message['content'])) return message;
  const parts = message['content'] as unknown[];
  if (message['role'] !== 'assistant' || !parts.some(isThought)) {
    const changed = changedList('content', parts, openAiPart);
    return 'content' in changed ? { ...message, ...changed } : message;
  }
  const { reasoning_content: own = null, ...rest } = message;
  const content = parts.filter((part) => !isThought(part)).map(openAiPart);
  const thought = parts.filter(isThought).map(textOf).join('');
  return { ...rest, content, reasoning_content: own ?? thought };
}

function openAiPart(part: unknown): unknown {
  if (!isObject(part)) return part;
  switch (part['type']) {
    case 'image_url':
      return typeof part['image_url'] === 'string'
        ? { ...part, image_url: { url: part['image_url'] } }
        : part;
    case 'input_audio':
      return typeof part['input_audio'] === 'string'
        ? { ...part, input_audio: soundOf(part['input_audio']) }
        : part;
    case 'document_url': {
      const { document_url: data, document_name: name, ...rest } = part;
      return fileOf(part, rest, data, name);
    }
    case 'file_url': {
      const { file_url: file, file_name: name, ...rest } = part;
      return fileOf(part, rest, isObject(file) ? file['url'] : file, name);
    }
    default:
      return part;
  }
}

function fileOf(part: Json, rest: Json, data: unknown, name: unknown): Json {
  if (typeof data !== 'string') return part;
  const filename = typeof name === 'string' && name !== '' ? { filename: name } : {};
  return { ...rest, type: 'file', file: { file_data: data, ...filename } };
}

function soundOf(sound: string): Json {
  return { data: sound.replace(/^data:[^,]*;base64,/i, ''), format: soundFormatOf(sound) };
}

function isThought(part: unknown): part is Json {
  return isObject(part) && part['type'] === 'thinking' && part['thinking'] !== undefined;
}

function textOf({ thinking }: Json): string {
  if (typeof thinking === 'string') return thinking;
  if (!Array.isArray(thinking)) return '';
  return (thinking as unknown[])
    .map((part) => (isObject(part) && typeof part['text'] === 'string' ? part['text'] : ''))
    .join('');
}

/** A member with each of its elements as `change` gives it; nothing where none changes. */
function changedList(name: string, list: unknown, change: (element: unknown) => unknown): Json {
  if (!Array.isArray(list)) return {};
  const before = list as unknown[];
  const after = before.map(change);
  return after.every((element, i) => element === before[i]) ? {} : { [name]: after };
}

function isObject(value: unknown): value is Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
