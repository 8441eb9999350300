import { printCarriedState, type CarriedState } from '@trunkline/contracts';
import { OPENAI_STATE_FORMAT } from '../read/read-reasoning.js';
import type { JsonObject } from './response-object.js';

export type ItemStatus = 'in_progress' | 'completed' | 'incomplete';

/** An item of the output as far as it has come. */
export interface OutputItem {
  readonly id: string;
  readonly outputIndex: number;
  /** As it ended, or in progress. */
  status: ItemStatus;
  json(): JsonObject;
}

export function isDone({ status }: OutputItem): boolean {
  return status !== 'in_progress';
}

/** One event of a stream before it is numbered. */
export type Frame = JsonObject & { readonly type: string };

/** The items of one answer, and who tells the client of them. */
export interface Output {
  readonly items: OutputItem[];
  /** Prints a frame at once: what it refers to goes on growing. */
  readonly say: (frame: Frame) => void;
  /** An id that no other item of this answer has. */
  readonly newId: (prefix: string) => string;
}

/** Which item a frame is about. */
export function placeOf({ id, outputIndex }: OutputItem): { item_id: string; output_index: number } {
  return { item_id: id, output_index: outputIndex };
}

export function addItem<Item extends OutputItem>(output: Output, item: Item): Item {
  output.items.push(item);
  output.say({
    type: 'response.output_item.added',
    output_index: item.outputIndex,
    item: item.json(),
  });
  return item;
}

export function endItem(output: Output, item: OutputItem, status: ItemStatus): void {
  item.status = status;
  output.say({ type: 'response.output_item.done', output_index: item.outputIndex, item: item.json() });
}

/** OpenAI's own state passes as it is; any other goes in an envelope that says who made it. */
export function encryptedContent(state: CarriedState): string {
  const isOpenAi = state.kind === 'encrypted' && state.format === OPENAI_STATE_FORMAT;
  return isOpenAi ? state.data : printCarriedState(state);
}
