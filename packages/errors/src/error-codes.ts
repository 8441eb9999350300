/** Who can mend it. */
export const ERROR_OWNERS = ['client', 'policy', 'capacity', 'upstream', 'platform'] as const;
export type ErrorOwner = (typeof ERROR_OWNERS)[number];

/** What one code means in each dialect. */
export interface ErrorCodeEntry {
  readonly status: number;
  /** `error.type` of OpenAI's envelope. */
  readonly openAi: string;
  /** `error.type` of Anthropic's envelope. https://docs.claude.com/en/api/errors */
  readonly anthropic: string;
  /** Anthropic's status where it is another one. */
  readonly anthropicStatus?: number;
  /** `metadata.error_type` of OpenRouter's. https://openrouter.ai/docs/api-reference/errors-and-debugging */
  readonly openRouter: string;
  readonly owner: ErrorOwner;
  /** Whether sending the same request again can help; SDKs are told so in `x-should-retry`. */
  readonly retryable: boolean;
  /** For docs/errors.md and for errors raised without a message of their own. */
  readonly meaning: string;
}

const invalid = {
  status: 400,
  openAi: 'invalid_request_error',
  anthropic: 'invalid_request_error',
  openRouter: 'invalid_request',
  owner: 'client',
  retryable: false,
} as const;

const unauthenticated = {
  status: 401,
  openAi: 'invalid_request_error',
  anthropic: 'authentication_error',
  openRouter: 'authentication',
  owner: 'client',
  retryable: false,
} as const;

const forbidden = {
  status: 403,
  openAi: 'permission_error',
  anthropic: 'permission_error',
  openRouter: 'permission_denied',
  owner: 'policy',
  retryable: false,
} as const;

const notFound = {
  status: 404,
  openAi: 'invalid_request_error',
  anthropic: 'not_found_error',
  openRouter: 'not_found',
  owner: 'client',
  retryable: false,
} as const;

const unpaid = {
  status: 402,
  openAi: 'insufficient_quota',
  anthropic: 'billing_error',
  openRouter: 'payment_required',
  owner: 'policy',
  retryable: false,
} as const;

const limited = {
  status: 429,
  openAi: 'rate_limit_error',
  anthropic: 'rate_limit_error',
  openRouter: 'rate_limit_exceeded',
  owner: 'policy',
  retryable: true,
} as const;

const unavailable = {
  status: 503,
  openAi: 'server_error',
  anthropic: 'overloaded_error',
  anthropicStatus: 529,
  openRouter: 'provider_overloaded',
  owner: 'capacity',
  retryable: true,
} as const;

const badGateway = {
  status: 502,
  openAi: 'server_error',
  anthropic: 'api_error',
  openRouter: 'provider_unavailable',
  owner: 'upstream',
  retryable: true,
} as const;

/** Every error that a client can get. docs/errors.md lists the same. */
export const ERROR_CODES = {
  invalid_request: { ...invalid, meaning: 'The request is not valid.' },
  invalid_json: { ...invalid, meaning: 'The body is not valid JSON.' },
  invalid_encoding: { ...invalid, meaning: 'The body is not valid UTF-8.' },
  json_too_deep: { ...invalid, meaning: 'The JSON is nested too deeply.' },
  malformed_url: { ...invalid, meaning: 'The path or query cannot be read.' },
  missing_required_parameter: { ...invalid, meaning: 'A required field is missing.' },
  invalid_type: { ...invalid, meaning: 'A field has the wrong type.' },
  invalid_value: { ...invalid, meaning: 'A field has a value that is not allowed.' },
  unknown_parameter: { ...invalid, meaning: 'A field that is checked strictly is not known.' },
  invalid_header: { ...invalid, meaning: 'A header is not known or has a value that is not allowed.' },

  missing_api_key: { ...unauthenticated, meaning: 'No API key was sent.' },
  invalid_api_key: { ...unauthenticated, meaning: 'The API key is not known.' },
  key_revoked: { ...unauthenticated, meaning: 'The API key was revoked.' },
  key_expired: { ...unauthenticated, meaning: 'The API key or token has expired.' },
  conflicting_credentials: { ...unauthenticated, meaning: 'Two headers carry different API keys.' },
  byok_credential_rejected: {
    ...unauthenticated,
    owner: 'upstream',
    meaning: "The provider rejected the organization's own credential.",
  },

  insufficient_credit: { ...unpaid, meaning: 'The wallet cannot pay for this call.' },
  budget_exceeded: { ...unpaid, meaning: 'A budget on the path of this call is used up.' },
  byok_quota_exhausted: {
    ...unpaid,
    owner: 'upstream',
    meaning: "The organization's own account at the provider has no credit left.",
  },

  permission_denied: { ...forbidden, meaning: 'The key may not do this.' },
  organization_suspended: { ...forbidden, meaning: 'The organization is suspended.' },
  project_archived: { ...forbidden, meaning: 'The project is archived.' },
  model_not_allowed: { ...forbidden, meaning: 'The key may not call this model.' },

  not_found: { ...notFound, meaning: 'There is nothing at this path.' },
  model_not_found: { ...notFound, meaning: 'No such model, or none that this key can call.' },
  no_matching_target: { ...notFound, meaning: 'No provider of this model can take this request.' },
  model_unavailable: {
    ...notFound,
    owner: 'upstream',
    meaning: 'Every provider of this model said that it does not have it.',
  },

  method_not_allowed: { ...invalid, status: 405, meaning: 'The path does not take this method.' },
  request_timeout: {
    ...invalid,
    status: 408,
    openRouter: 'timeout',
    retryable: true,
    meaning: 'The request was not received in time.',
  },
  idempotency_conflict: {
    ...invalid,
    status: 409,
    meaning: 'Another request with the same idempotency key is under way or differs from this one.',
  },
  request_too_large: {
    ...invalid,
    status: 413,
    anthropic: 'request_too_large',
    openRouter: 'payload_too_large',
    meaning: 'The body is larger than allowed.',
  },
  unsupported_media_type: {
    ...invalid,
    status: 415,
    meaning: 'The content type is not the one that the route takes.',
  },
  headers_too_large: { ...invalid, status: 431, meaning: 'The headers are larger than allowed.' },
  client_left: { ...invalid, status: 499, meaning: 'The client went away before the answer.' },

  rate_limit_exceeded: { ...limited, meaning: 'Too many requests in this minute.' },
  concurrency_limit: { ...limited, meaning: 'Too many requests at the same time.' },
  provider_rate_limited: {
    ...limited,
    owner: 'upstream',
    meaning: 'Every provider that was tried is rate-limiting.',
  },

  internal_error: {
    status: 500,
    openAi: 'server_error',
    anthropic: 'api_error',
    openRouter: 'server',
    owner: 'platform',
    retryable: true,
    meaning: 'Something went wrong here.',
  },
  gateway_lost: {
    ...unavailable,
    owner: 'platform',
    meaning: 'The gateway process that ran the call ended before the call did.',
  },
  overloaded: { ...unavailable, meaning: 'This gateway has too much to do at the moment.' },
  service_unavailable: { ...unavailable, meaning: 'A part that this request needs is away at the moment.' },
  provider_overloaded: {
    ...unavailable,
    owner: 'upstream',
    meaning: 'Every provider that was tried is overloaded.',
  },
  timeout: {
    ...badGateway,
    status: 504,
    anthropic: 'timeout_error',
    openRouter: 'timeout',
    meaning: 'No provider answered in time.',
  },

  context_length_exceeded: {
    ...invalid,
    owner: 'client',
    openRouter: 'context_length_exceeded',
    meaning: "Prompt and answer do not fit the model's context.",
  },
  content_policy_violation: {
    ...invalid,
    openRouter: 'content_policy_violation',
    meaning: "The provider's content policy refuses this request.",
  },
  provider_invalid_request: { ...invalid, meaning: 'The provider says that the request is not valid.' },
  provider_transport: { ...badGateway, meaning: 'The connection to the provider failed.' },
  provider_error: { ...badGateway, meaning: 'The provider failed.' },
  provider_credential_rejected: {
    ...badGateway,
    retryable: false,
    meaning: "The provider rejected this platform's credential.",
  },
  provider_quota_exhausted: {
    ...badGateway,
    retryable: false,
    meaning: "This platform's account at the provider has no credit left.",
  },
  provider_malformed_answer: { ...badGateway, meaning: "The provider's answer breaks its own protocol." },
  provider_empty_answer: { ...badGateway, meaning: 'The provider answered with nothing.' },
  provider_invalid_output: {
    ...badGateway,
    meaning: 'The model did not answer in the format that was asked for.',
  },
  provider_truncated: { ...badGateway, meaning: "The provider's answer ended in the middle." },
} as const satisfies Record<string, ErrorCodeEntry>;

export type ErrorCode = keyof typeof ERROR_CODES;
