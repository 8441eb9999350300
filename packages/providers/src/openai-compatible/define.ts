import type { EndpointAdapters } from '../endpoints/types.js';
import { classifyResponse } from '../failure/index.js';
import { tellForeignState } from '../foreign-state.js';
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
        const { stateFormats = [], reasoning, callExtras } = select(call.model, call.request).messages ?? {};
        const taken = {
          formats: stateFormats,
          takesText: reasoning !== 'omit',
          takesCallExtras: callExtras === true,
        };
        return tellForeignState(buildChatRequest(call, select), call.request, taken);
      },
      parseAnswer: (body) => parseChatAnswer(body, quirks, strip),
      classifyFailure: (response) => classifyResponse(response, quirks.errorCodes),
      decoder: ({ choices }) => new OpenAiDecoder(new OpenAiStreamReader(choices, quirks, strip)),
      passthroughReader: ({ choices }) => new OpenAiStreamReader(choices, quirks, strip),
    },
  };
}
