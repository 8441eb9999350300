import type { AssistantMessage, ChatMessage, ContentPart, ToolMessage } from '@trunkline/contracts';
import { withAnswerableEnd } from '../answerable-end.js';
import { isRecord } from '../loose-json.js';
import { Refusal } from '../refusal.js';
import { inCallOrder } from './call-order.js';
import { mediaPart, type GeminiPart } from './media.js';
import type { ModelTraits } from './model-traits.js';
import { keptSignatures } from './signatures.js';

export interface GeminiContent {
  role: 'user' | 'model';
  parts: GeminiPart[];
}

export interface GeminiConversation {
  system: GeminiPart[];
  contents: GeminiContent[];
}

/**
 * What the documentation lets clients send for calls that another model made, where newer models want a signature.
 * https://ai.google.dev/gemini-api/docs/thought-signatures#faqs
 */
const STAND_IN = 'skip_thought_signature_validator';

/**
 * A conversation in Gemini's form: system and developer text go to the top in their order; results of parallel calls go
 * into one content, as many as there were calls and in their order. Cache marks say nothing here: prefixes are cached without being asked.
 * https://ai.google.dev/api/caching#Content
 * @throws Refusal for content that Gemini cannot be given
 */
export function toConversation(messages: readonly ChatMessage[], traits: ModelTraits): GeminiConversation {
  const system: GeminiPart[] = [];
  const contents: GeminiContent[] = [];
  const calls = new NamedCalls();
  let results: GeminiPart[] | null = null;
  for (const [i, message] of inCallOrder(withAnswerableEnd(messages))) {
    const path = `messages[${i}]`;
    if (message.role === 'tool' || message.role === 'function') {
      if (results === null) {
        results = [];
        contents.push({ role: 'user', parts: results });
      }
      if (message.role === 'tool') results.push(...resultParts(message, calls, traits, path));
      else results.push(functionResponse(message.name, null, toObject(message.content ?? '')));
      continue;
    }
    results = null;
    switch (message.role) {
      case 'system':
      case 'developer':
        system.push(...contentParts(message.content, `${path}.content`));
        break;
      case 'user': {
        const parts = contentParts(message.content, `${path}.content`);
        // Nothing is left: let the provider say what it thinks of it.
        contents.push({ role: 'user', parts: parts.length > 0 ? parts : [{ text: '' }] });
        break;
      }
      case 'assistant': {
        const parts = assistantParts(message, calls, traits, path);
        if (parts.length > 0) contents.push({ role: 'model', parts });
        break;
      }
    }
  }
  return placeSystem(system, contents, traits);
}

/** A conversation needs contents; and small open models take no instructions beside it. */
function placeSystem(
  system: GeminiPart[],
  contents: GeminiContent[],
  traits: ModelTraits,
): GeminiConversation {
  if (system.length === 0) return { system, contents };
  if (contents.length === 0) return { system: [], contents: [{ role: 'user', parts: system }] };
  if (traits.systemInstruction) return { system, contents };
  const [first, ...rest] = contents;
  return first?.role === 'user'
    ? { system: [], contents: [{ role: 'user', parts: [...system, ...first.parts] }, ...rest] }
    : { system: [], contents: [{ role: 'user', parts: system }, ...contents] };
}

/** Results name their function, and OpenAI's name their call alone. */
class NamedCalls {
  private readonly names = new Map<string, string>();

  add(id: string, name: string): void {
    this.names.set(id, name);
  }

  nameOf(id: string, path: string): string {
    const name = this.names.get(id);
    if (name === undefined)
      throw new Refusal(`${path}.tool_call_id`, `No earlier message has a call with the id '${id}'.`);
    return name;
  }
}

function contentParts(content: string | ContentPart[], path: string): GeminiPart[] {
  if (typeof content === 'string') return content === '' ? [] : [{ text: content }];
  return content.flatMap((part, i) => {
    if (part.type !== 'text' && part.type !== 'refusal') return [mediaPart(part, `${path}[${i}]`)];
    const text = part.type === 'text' ? part.text : part.refusal;
    return text === '' ? [] : [{ text }];
  });
}

function assistantParts(
  message: AssistantMessage,
  calls: NamedCalls,
  traits: ModelTraits,
  path: string,
): GeminiPart[] {
  const kept = keptSignatures(message);
  const parts: GeminiPart[] = kept.thoughts.map(({ text, signature }) => ({
    text,
    thought: true,
    thoughtSignature: signature,
  }));
  const images = (message.images ?? []).map(({ image_url: image }, i) =>
    mediaPart({ type: 'image_url', image_url: image }, `${path}.images[${i}]`),
  );
  const { ofText, ofImages } = sharedOut(kept.ofText, images.length);
  parts.push(
    ...signedText(contentParts(message.content ?? message.refusal ?? '', `${path}.content`), ofText),
  );
  for (const [i, image] of images.entries()) {
    const signature = ofImages[i];
    parts.push(signature === undefined ? image : { ...image, thoughtSignature: signature });
  }
  const callParts: GeminiPart[] = [];
  for (const call of message.tool_calls ?? []) {
    const isCustom = 'custom' in call && call.type === 'custom';
    const name = isCustom ? call.custom.name : call.function.name;
    const args = isCustom ? { input: call.custom.input } : toArguments(call.function.arguments);
    calls.add(call.id, name);
    const signature = kept.ofCalls.get(call.id);
    callParts.push({
      functionCall: { id: call.id, name, args },
      ...(signature === undefined ? {} : { thoughtSignature: signature }),
    });
  }
  if (message.function_call) {
    const { name, arguments: args } = message.function_call;
    callParts.push({ functionCall: { name, args: toArguments(args) } });
  }
  // The first call of a step brings the signature; the others of the step have none.
  const [first] = callParts;
  if (traits.isThree && first) first['thoughtSignature'] ??= STAND_IN;
  return [...parts, ...callParts];
}

/** Pictures stand behind the text and have a signature each: the last ones are theirs. */
function sharedOut(
  signatures: readonly string[],
  images: number,
): { ofText: readonly string[]; ofImages: readonly string[] } {
  const at = Math.max(0, signatures.length - images);
  return { ofText: signatures.slice(0, at), ofImages: signatures.slice(at) };
}

/** The last signature stands with the last text, as it came; further ones in parts of their own, never merged. */
function signedText(parts: GeminiPart[], signatures: readonly string[]): GeminiPart[] {
  const last = parts.at(-1);
  const own = signatures.at(-1);
  if (own === undefined) return parts;
  const others = signatures.slice(0, -1).map((signature) => ({ text: '', thoughtSignature: signature }));
  if (last === undefined || last['text'] === undefined)
    return [...parts, ...others, { text: '', thoughtSignature: own }];
  return [...parts.slice(0, -1), ...others, { ...last, thoughtSignature: own }];
}

function resultParts(
  message: ToolMessage,
  calls: NamedCalls,
  traits: ModelTraits,
  path: string,
): GeminiPart[] {
  const id = message.tool_call_id;
  const name = calls.nameOf(id, path);
  const read = message.is_error === true ? toFailure : toObject;
  if (typeof message.content === 'string') return [functionResponse(name, id, read(message.content))];
  const parts = contentParts(message.content, `${path}.content`);
  const text = parts.map((part) => (typeof part['text'] === 'string' ? part['text'] : '')).join('');
  const media = parts.filter((part) => part['text'] === undefined);
  const response = functionResponse(name, id, read(text));
  if (media.length === 0) return [response];
  // Newer models take media inside a result, older ones beside it.
  const inside = traits.isThree ? media.filter((part) => part['inlineData'] !== undefined) : [];
  const beside = media.filter((part) => !inside.includes(part));
  const { functionResponse: result } = response;
  return [
    inside.length > 0 ? { functionResponse: { ...(result as object), parts: inside } } : response,
    ...beside,
  ];
}

function functionResponse(name: string, id: string | null, response: Record<string, unknown>): GeminiPart {
  return { functionResponse: { ...(id === null ? {} : { id }), name, response } };
}

/** A reference to a medium of the same result, by its name; any other is refused, wherever it stands. */
const REFERENCE = /"\$ref"\s*:/;

/** A result must be an object; whatever is none becomes one with the text as it is. */
function toObject(text: string): Record<string, unknown> {
  return (REFERENCE.test(text) ? null : parsedObject(text)) ?? { result: text };
}

/** What went wrong stands in `error`. https://ai.google.dev/api/caching#FunctionResponse */
function toFailure(text: string): Record<string, unknown> {
  return { error: (REFERENCE.test(text) ? null : parsedObject(text)) ?? text };
}

/** Arguments that were cut by a token limit are no JSON and go back as they are. */
function toArguments(text: string): Record<string, unknown> {
  return text.trim() === '' ? {} : (parsedObject(text) ?? { raw_arguments: text });
}

function parsedObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}
