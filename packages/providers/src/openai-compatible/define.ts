import type { EndpointAdapters } from '../endpoints/types.js';
import { classifyResponse } from '../failure/index.js';
import { tellForeignState } from '../foreign-state.js';
import { tellSmallMembers, type TakenMembers } from '../small-members.js';
import type { AuthScheme, ProviderAdapter } from '../types.js';
import { OpenAiDecoder } from './decoder.js';
import { parametersOf } from './parameters.js';
import { quirksSelector, type Quirks } from './quirks.js';
import { buildChatRequest, unsupportedParameters } from './request.js';
import { parseChatAnswer } from './response.js';
import { OpenAiStreamReader } from './stream-reader.js';
import { fieldStripper } from './strip-fields.js';

export interface OpenAiCompatibleDeclaration {
  readonly id: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly docsUrl: string;
  /** Default: bearer. */
  readonly auth?: AuthScheme;
  readonly quirks?: Quirks;
  /** Those beside chat. */
  readonly endpoints?: EndpointAdapters;
}

/** A provider that speaks OpenAI's chat format, as a declaration of how it differs. */
export function defineOpenAiCompatible(declaration: OpenAiCompatibleDeclaration): ProviderAdapter {
  const quirks = declaration.quirks ?? {};
  const select = quirksSelector(quirks);
  const strip = fieldStripper(quirks.stripFromAnswer);
  return {
    id: declaration.id,
    name: declaration.name,
    protocol: 'openai',
    baseUrl: declaration.baseUrl,
    docsUrl: declaration.docsUrl,
    auth: declaration.auth ?? { type: 'bearer' },
    ...(declaration.endpoints ? { endpoints: declaration.endpoints } : {}),
    chat: {
      protocol: 'openai-chat',
      parameters: (model) => parametersOf(select(model, { messages: [] })),
      unsupported: (request, model) => unsupportedParameters(request, model, select),
      buildRequest: (call) => {
        const chosen = select(call.model, call.request);
        const { stateFormats = [], reasoning, callExtras } = chosen.messages ?? {};
        const taken = {
          formats: stateFormats,
          takesText: reasoning !== 'omit',
          takesCallExtras: callExtras === true,
        };
        const built = tellForeignState(buildChatRequest(call, select), call.request, taken);
        return tellSmallMembers(built, call.request, parametersOf(chosen), membersOf(chosen));
      },
      parseAnswer: (body) => parseChatAnswer(body, quirks, strip),
      classifyFailure: (response) => classifyResponse(response, quirks.errorCodes),
      decoder: ({ choices }) => new OpenAiDecoder(new OpenAiStreamReader(choices, quirks, strip)),
      passthroughReader: ({ choices, knownCallIds }) =>
        new OpenAiStreamReader(choices, quirks, strip, knownCallIds),
    },
  };
}

const membersOfQuirks = new WeakMap<Quirks, TakenMembers>();

/** A failed result has no word in this format. */
function membersOf(quirks: Quirks): TakenMembers {
  const known = membersOfQuirks.get(quirks);
  if (known) return known;
  const { name, imageDetail, cacheControl, reasoning } = quirks.messages ?? {};
  const taken = new Set([
    ...['filename', 'format'],
    ...(name === false ? [] : ['name']),
    ...(imageDetail === false ? [] : ['detail']),
    ...(cacheControl ? ['cache_control'] : []),
    ...(cacheControl === true ? ['cache_control.ttl', 'tools.cache_control'] : []),
    // What is never shown need not be hidden.
    ...(reasoning === 'omit' ? ['reasoning.exclude'] : []),
    ...(quirks.reasoning?.unified ? UNIFIED : []),
  ]);
  const members = { taken, takesOthers: true };
  membersOfQuirks.set(quirks, members);
  return members;
}

/** The wish to reason goes as it is. */
const UNIFIED = ['exclude', 'summary', 'context', 'mode'].map((name) => `reasoning.${name}`);
