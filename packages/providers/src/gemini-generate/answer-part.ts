import { textOf, isRecord, type JsonRecord } from '../loose-json.js';
import { readCallPiece, type CallPiece } from './call-reader.js';

/** One part of a candidate's content, as far as a chat client can be told of it. */
export type AnswerPart =
  | { kind: 'text' | 'thought'; text: string; signature: string | null }
  | { kind: 'call'; piece: CallPiece }
  | { kind: 'image'; url: string; signature: string | null }
  /** Code that the provider ran, what came of it, calls of its own tools. */
  | { kind: 'server_tool'; name: string }
  | { kind: 'left_out'; what: 'audio' | 'thought_images' };

const OWN_TOOLS = ['executableCode', 'codeExecutionResult', 'toolCall', 'toolResponse'] as const;

/**
 * Reads a part. Signatures of the provider's own tools have no part that a client could bring back; pictures that it only
 * thought of are not its answer. https://ai.google.dev/api/caching#Part
 */
export function readPart(part: unknown): AnswerPart | null {
  if (!isRecord(part)) return null;
  const { text, functionCall, inlineData } = part;
  const signature = textOf(part['thoughtSignature']) || null;
  if (isRecord(functionCall)) return { kind: 'call', piece: readCallPiece(functionCall, signature) };
  if (isRecord(inlineData)) {
    const type = textOf(inlineData['mimeType']);
    if (type.startsWith('audio/')) return { kind: 'left_out', what: 'audio' };
    if (!type.startsWith('image/')) return null;
    if (part['thought'] === true) return { kind: 'left_out', what: 'thought_images' };
    return { kind: 'image', url: `data:${type};base64,${textOf(inlineData['data'])}`, signature };
  }
  const tool = OWN_TOOLS.find((field) => isRecord(part[field]));
  if (tool !== undefined) return { kind: 'server_tool', name: tool };
  if (typeof text !== 'string') return onlySignature(part, signature);
  return { kind: part['thought'] === true ? 'thought' : 'text', text, signature };
}

/** A part may be nothing but a signature. */
function onlySignature(part: JsonRecord, signature: string | null): AnswerPart | null {
  return signature !== null && Object.keys(part).length === 1 ? { kind: 'text', text: '', signature } : null;
}

/** Ids of calls are optional at Gemini; a made-up one is the same whenever the same answer is read. */
export function callId(id: string | null, responseId: string | null, choice: number, index: number): string {
  return id ?? `call_${responseId || 'unnamed'}_${choice}_${index}`;
}
