import type { ChatRequest } from '@trunkline/contracts';
import { refused } from './failure/index.js';
import { keptObject } from './kept-objects.js';
import type { BuildResult, ChatCall, UpstreamRequest } from './types.js';
import { lackingParameters } from './uncallable-tools.js';

/** A part of a request that a target cannot be given. Thrown inside a translation, and a value outside of it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly param: string,
    message: string,
  ) {
    super(message);
  }
}

/** Runs a translation; what it refuses becomes the value that adapters answer with. */
export function builtOrRefused(build: () => UpstreamRequest): BuildResult {
  try {
    return { kind: 'built', request: build() };
  } catch (thrown) {
    if (thrown instanceof Refusal) return { kind: 'refused', failure: refused(thrown.param, thrown.message) };
    throw thrown;
  }
}

/** @throws Refusal for an object kept at a provider, unless its owner's credential asks */
export function refuseKeptObject({ request, ownCredential }: ChatCall): void {
  const kept = ownCredential ? null : keptObject(request);
  if (kept !== null) throw new Refusal(kept, `'${kept}' names an object kept at a provider.`);
}

/** Parameters of the request that a translation would drop, or the one for which it refuses. */
export function unsupportedBy(
  write: (call: ChatCall) => { readonly dropped: readonly string[] },
  request: ChatRequest,
  model: string,
): readonly string[] {
  try {
    const { dropped } = write({
      request,
      model,
      stream: false,
      outputTokenLimit: null,
      maxOutputTokens: null,
    });
    return lackingParameters(dropped, request);
  } catch (thrown) {
    if (thrown instanceof Refusal) return [thrown.param];
    throw thrown;
  }
}
