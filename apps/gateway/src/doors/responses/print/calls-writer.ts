import type { ChatEvent } from '@trunkline/contracts';
import {
  addItem,
  endItem,
  isDone,
  placeOf,
  type ItemStatus,
  type Output,
  type OutputItem,
} from './output-items.js';
import type { HostedTool } from '../hosted-tools.js';
import type { OwnToolName, ToolNames } from '../tool-names.js';
import type { JsonObject } from './response-object.js';

export interface CallNames {
  readonly kind: 'function' | 'custom';
  readonly callId: string;
  readonly tool: OwnToolName;
  /** A custom tool that its provider knows as a function of one text: its arguments are a JSON object around it. */
  readonly isWrapped: boolean;
  /** A tool that OpenAI defines, whose calls are items of their own. */
  readonly hosted?: HostedTool | undefined;
}

/** A call that the client is to run. */
export class CallItem implements OutputItem {
  /** Arguments of a function, or the text for a custom tool. */
  text = '';
  status: ItemStatus = 'in_progress';

  constructor(
    readonly id: string,
    readonly outputIndex: number,
    readonly names: CallNames,
  ) {}

  json(): JsonObject {
    const { id, text, status } = this;
    const { kind, callId, tool, hosted } = this.names;
    if (hosted) {
      const said = hosted.callOf(argumentsIn(text));
      return { id, type: hosted.callType, status, call_id: callId, ...said };
    }
    return kind === 'function'
      ? { id, type: 'function_call', status, call_id: callId, ...tool, arguments: text }
      : { id, type: 'custom_tool_call', status, call_id: callId, ...tool, input: text };
  }
}

/** Says how calls grow. Several may be open, since some providers mingle their pieces. */
export class CallsWriter {
  /** By the index of their events. */
  private readonly calls = new Map<number, CallItem>();

  /**
   * @param toolNames of the request
   * @param onOpen ends what may not be open beside a call
   */
  constructor(
    private readonly output: Output,
    private readonly toolNames: ToolNames,
    private readonly onOpen: () => void,
  ) {}

  begin(event: Extract<ChatEvent, { type: 'tool_call_start' }>): void {
    this.onOpen();
    // A call whose arguments are whole is told before the next.
    for (const [index, call] of this.calls) {
      if (!isWhole(call) && index !== event.index) continue;
      this.endOne(call, 'completed');
      // There may be thousands: what has ended is looked at no more.
      this.calls.delete(index);
    }
    const isWrapped = event.kind === 'function' && this.toolNames.custom.has(event.name);
    const kind = isWrapped ? 'custom' : event.kind;
    const { newId, items } = this.output;
    const tool = this.toolNames.grouped.get(event.name) ?? { name: event.name };
    const hosted = event.kind === 'function' ? this.toolNames.hosted.get(event.name) : undefined;
    const names = { kind, callId: event.id, tool, isWrapped, hosted };
    const prefix = hosted?.prefix ?? (kind === 'custom' ? 'ctc' : 'fc');
    const item = new CallItem(newId(prefix), items.length, names);
    this.calls.set(event.index, addItem(this.output, item));
  }

  add(index: number, text: string): void {
    const call = this.calls.get(index);
    if (!call || isDone(call) || text === '') return;
    call.text += text;
    if (!call.names.isWrapped && !call.names.hosted) this.sayText(call, text);
  }

  /** What an upstream of this dialect has opened. */
  adopt(item: CallItem, index: number): void {
    this.calls.set(index, item);
  }

  end(status: ItemStatus): void {
    for (const call of this.calls.values()) this.endOne(call, status);
    this.calls.clear();
  }

  private endOne(call: CallItem, status: ItemStatus): void {
    if (isDone(call)) return;
    const { kind, tool, isWrapped, hosted } = call.names;
    // Its item says all of it, once it is whole.
    if (hosted) return endItem(this.output, call, status);
    if (isWrapped) {
      call.text = unwrapped(call.text);
      if (call.text !== '') this.sayText(call, call.text);
    } else if (kind === 'function' && call.text === '' && status === 'completed') {
      // A call without arguments: clients parse what they get.
      call.text = '{}';
      this.sayText(call, call.text);
    }
    const place = placeOf(call);
    this.output.say(
      kind === 'function'
        ? { type: 'response.function_call_arguments.done', ...place, name: tool.name, arguments: call.text }
        : { type: 'response.custom_tool_call_input.done', ...place, input: call.text },
    );
    endItem(this.output, call, status);
  }

  private sayText(call: CallItem, delta: string): void {
    const isFunction = call.names.kind === 'function';
    const type = isFunction
      ? 'response.function_call_arguments.delta'
      : 'response.custom_tool_call_input.delta';
    this.output.say({ type, ...placeOf(call), delta });
  }
}

function isWhole({ names, text }: CallItem): boolean {
  if (names.kind === 'custom' && !names.isWrapped) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The object that arguments are; of those that are something else, or not whole yet, none. */
function argumentsIn(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? (value as JsonObject) : {};
  } catch {
    return {};
  }
}

/** The one text of a custom tool's arguments; as they are where they are something else. */
function unwrapped(args: string): string {
  try {
    const value: unknown = JSON.parse(args);
    const { input } = (value ?? {}) as { input?: unknown };
    return typeof input === 'string' ? input : args;
  } catch {
    return args;
  }
}
