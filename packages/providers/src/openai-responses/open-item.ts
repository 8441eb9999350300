import { isRecord, textOf, type JsonRecord } from '../loose-json.js';

/** Which text of an item a piece belongs to. */
export type Channel = 'text' | 'refusal' | 'summary' | 'reasoning' | 'arguments';

/** What an item of the output becomes. */
export interface OpenItem {
  readonly kind: 'message' | 'reasoning' | 'call' | 'ignored';
  /** Among the reasoning items, or among the calls. */
  readonly index: number;
  /** Characters told so far. Not by part: servers number the parts of pieces and of whole items differently. */
  readonly told: Map<Channel, number>;
  /** Where the text of a part begins in the answer's text. */
  readonly begins: Map<number, number>;
  /** Citations told so far. */
  cited: number;
  isDone: boolean;
}

export function newItem(kind: OpenItem['kind'], index: number): OpenItem {
  return { kind, index, told: new Map(), begins: new Map(), cited: 0, isDone: false };
}

/** Whether an item of this kind has such a text. */
export function hasChannel({ kind }: OpenItem, channel: Channel): boolean {
  switch (channel) {
    case 'text':
    case 'refusal':
      return kind === 'message';
    case 'summary':
    case 'reasoning':
      return kind === 'reasoning';
    case 'arguments':
      return kind === 'call';
  }
}

export interface WholeText {
  channel: Channel;
  part: number;
  text: string;
  annotations: readonly unknown[];
  logprobs: unknown;
}

/** All texts of a whole item. https://platform.openai.com/docs/api-reference/responses/object#responses/object-output */
export function textsOf(item: JsonRecord): WholeText[] {
  switch (item['type']) {
    case 'message':
      return partsOf(item['content']).map(([part, value]) =>
        value['type'] === 'refusal'
          ? whole('refusal', part, value['refusal'])
          : { ...whole('text', part, value['text'], value['annotations']), logprobs: value['logprobs'] },
      );
    case 'reasoning':
      return [
        ...partsOf(item['summary']).map(([part, { text }]) => whole('summary', part, text)),
        ...partsOf(item['content']).map(([part, { text }]) => whole('reasoning', part, text)),
      ];
    case 'function_call': {
      const args = textOf(item['arguments']);
      // A call without arguments: clients parse what they get. One that a token limit cut stays as it is.
      const isBare = args === '' && item['status'] !== 'incomplete';
      return [whole('arguments', 0, isBare ? '{}' : args)];
    }
    case 'custom_tool_call':
      return [whole('arguments', 0, item['input'])];
    default:
      return [];
  }
}

function whole(channel: Channel, part: number, text: unknown, annotations?: unknown): WholeText {
  return {
    channel,
    part,
    text: textOf(text),
    annotations: Array.isArray(annotations) ? (annotations as unknown[]) : [],
    logprobs: null,
  };
}

function partsOf(parts: unknown): [number, JsonRecord][] {
  if (!Array.isArray(parts)) return [];
  return [...(parts as unknown[]).entries()].filter((entry): entry is [number, JsonRecord] =>
    isRecord(entry[1]),
  );
}
