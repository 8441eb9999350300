import {
  fittingToolNames,
  freshlyCalling,
  namingModel,
  searchWishOf,
  type BuildResult,
  type ChatAdapter,
  type ChatCall,
} from '@trunkline/providers';
import type { Target } from '@trunkline/routing';
import type { ClientCall } from '../doors/chat-door.js';
import type { Adapters } from '../upstream/adapters.js';

export interface WayToChat {
  readonly chat: ChatAdapter;
  readonly built: BuildResult;
}

export interface WayWish {
  readonly target: Target;
  readonly client: ClientCall;
  readonly call: ChatCall;
  /** For answers that have none. */
  readonly id: string;
}

/**
 * The first way to chat with a target that can say the call: OpenAI's chat takes no file by its address, and its Responses
 * do. A way that would leave a wish to search the web out goes behind one that says it: most of OpenAI's models search by
 * way of Responses alone. What only the client's own protocol can carry goes by the way that speaks it, and by no other.
 * @returns where no way can, the best of them with what it says to that; null where there is none
 */
export function wayToChat(
  adapters: Adapters,
  { target: { entry, offer }, client, call, id }: WayWish,
): WayToChat | null {
  const ways = adapters.chatsOf(entry, offer, client.protocol);
  let refused: WayToChat | null = null;
  let without: WayToChat | null = null;
  const search = searchWishOf(call.request)?.path;
  for (const way of client.nativeOnly ? ways.slice(0, 1) : ways) {
    const named = namingModel(way, call.model, id);
    // The client's own body goes to the protocol that it was written for.
    const isNative = call.native?.protocol === named.protocol;
    // What speaks the client's own dialect passes as it is; chat alone is put right beside the forwarding.
    const isForwarded = named.protocol === client.protocol && named.protocol !== 'openai-chat';
    const calling = isForwarded ? named : freshlyCalling(named, call.request);
    const chat = isNative ? calling : fittingToolNames(calling, call.request);
    const built = chat.buildRequest(call);
    if (built.kind === 'refused') refused ??= { chat, built };
    else if (search !== undefined && built.request.dropped.includes(search)) without ??= { chat, built };
    else return { chat, built };
  }
  return without ?? refused;
}
