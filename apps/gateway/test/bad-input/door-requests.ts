/** What each JSON door takes: requests with about every field that it knows, for a stranger to spoil. */
export interface DoorRequest {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export const CHAT_MODELS = [
  'openai/gpt-4o-mini',
  'anthropic/claude-sonnet-4.5',
  'google/gemini-3-flash-preview',
  'cohere/command-a-reasoning',
  'openai/gpt-5.3-codex',
  'amazon/nova-lite-v1',
  'deepseek/deepseek-r1',
];

const PNG = `data:image/png;base64,${Buffer.from('\x89PNG\r\n\x1a\n and more', 'latin1').toString('base64')}`;
const PNG_BYTES = PNG.slice(PNG.indexOf(',') + 1);
const PDF_BYTES = Buffer.from('%PDF-1.7 and more').toString('base64');
const SCHEMA = {
  type: 'object',
  properties: {
    a: { type: 'string' },
    b: { $ref: '#/$defs/b' },
    c: { anyOf: [{ type: 'null' }, { enum: [1] }] },
  },
  required: ['a'],
  additionalProperties: false,
  $defs: { b: { type: 'array', items: { type: 'integer', minimum: 0 } } },
};

const ROUTING = {
  provider: {
    order: ['openai'],
    ignore: ['nobody'],
    allow_fallbacks: true,
    sort: 'price',
    max_price: { prompt: '100', completion: 100 },
    data_collection: 'allow',
  },
  user: 'u',
  metadata: { intent: 'x' },
  trunkline: { timeouts: { totalMs: 20_000, gapMs: 5_000 }, rescue: { holdBackTokens: 1 }, hedge: false },
};

const chat = {
  model: 'openai/gpt-4o-mini',
  max_tokens: 64,
  messages: [
    {
      role: 'system',
      content: [{ type: 'text', text: 'Short.', cache_control: { type: 'ephemeral', ttl: '5m' } }],
    },
    { role: 'developer', content: 'Kind.' },
    {
      role: 'user',
      name: 'ann',
      content: [{ type: 'text', text: 'hello' }],
    },
    {
      role: 'assistant',
      content: null,
      reasoning: 'hm',
      reasoning_details: [{ type: 'reasoning.text', text: 'hm', index: 0 }],
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{"a":"1"}' } }],
    },
    { role: 'tool', tool_call_id: 'c1', content: [{ type: 'text', text: '1' }] },
    { role: 'assistant', content: [{ type: 'text', text: 'well' }], refusal: null },
    { role: 'user', content: '[[sim text="fine"]]' },
  ],
  tools: [{ type: 'function', function: { name: 'f', description: 'd', parameters: SCHEMA, strict: false } }],
  tool_choice: 'auto',
  parallel_tool_calls: true,
  temperature: 0.5,
  top_p: 0.9,
  stop: ['END'],
  ...ROUTING,
};

const chatMore = {
  model: 'openai/gpt-4o-mini',
  messages: [{ role: 'user', content: '[[sim text="fine"]]' }],
  stream: true,
  stream_options: { include_usage: true },
  max_completion_tokens: 64,
  n: 1,
  seed: 7,
  top_k: 40,
  frequency_penalty: 0,
  presence_penalty: 0,
  logit_bias: { '50256': -100 },
  logprobs: true,
  top_logprobs: 2,
  response_format: { type: 'json_schema', json_schema: { name: 's', schema: SCHEMA, strict: true } },
  reasoning: { effort: 'low', max_tokens: null, enabled: true, exclude: false },
  reasoning_effort: null,
  include_reasoning: true,
  modalities: ['text'],
  audio: null,
  prediction: { type: 'content', content: 'fine' },
  web_search_options: null,
  verbosity: 'low',
  store: false,
  service_tier: 'auto',
  prompt_cache_key: 'k',
  safety_identifier: 's',
  session_id: 's',
  usage: { include: true },
  transforms: ['middle-out'],
  min_p: 0,
  top_a: 0,
  repetition_penalty: 1,
  functions: null,
  function_call: null,
  models: ['openai/gpt-4o'],
};

const responses = {
  model: 'openai/gpt-4o-mini',
  instructions: 'Short.',
  input: [
    { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hello' }] },
    { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'hm' }] },
    {
      type: 'function_call',
      call_id: 'c1',
      name: 'f',
      arguments: '{"a":"1"}',
      id: 'fc_1',
      status: 'completed',
    },
    { type: 'function_call_output', call_id: 'c1', output: '1' },
    { type: 'custom_tool_call', call_id: 'c2', name: 'g', input: 'x', id: 'ctc_1' },
    { type: 'custom_tool_call_output', call_id: 'c2', output: [{ type: 'input_text', text: 'y' }] },
    {
      role: 'assistant',
      content: [
        { type: 'output_text', text: 'well', annotations: [] },
        { type: 'refusal', refusal: 'no' },
      ],
    },
    { role: 'user', content: '[[sim text="fine"]]' },
  ],
  tools: [
    { type: 'function', name: 'f', description: 'd', parameters: SCHEMA, strict: false },
    { type: 'custom', name: 'g', format: { type: 'text' } },
  ],
  tool_choice: { type: 'function', name: 'f' },
  parallel_tool_calls: true,
  max_tool_calls: 3,
  text: { format: { type: 'json_schema', name: 's', schema: SCHEMA, strict: true }, verbosity: 'low' },
  reasoning: { effort: 'low', summary: 'auto' },
  include: ['reasoning.encrypted_content'],
  max_output_tokens: 64,
  temperature: 1,
  top_p: 1,
  top_logprobs: 0,
  truncation: 'disabled',
  store: false,
  previous_response_id: null,
  service_tier: 'auto',
  prompt_cache_key: 'k',
  safety_identifier: 's',
  ...ROUTING,
};

const messages = {
  model: 'anthropic/claude-sonnet-4.5',
  max_tokens: 2_000,
  system: [{ type: 'text', text: 'Short.', cache_control: { type: 'ephemeral' } }],
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'hello', citations: null },
        {
          type: 'document',
          source: { type: 'base64', media_type: 'application/pdf', data: PDF_BYTES },
          title: 't',
          context: 'c',
          citations: { enabled: true },
        },
        { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'plain' } },
        { type: 'document', source: { type: 'content', content: [{ type: 'text', text: 'x' }] } },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'text', text: 'well' },
        { type: 'tool_use', id: 't1', name: 'f', input: { a: '1' } },
      ],
    },
    {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 't1', content: [{ type: 'text', text: '1' }], is_error: false },
        { type: 'search_result', source: 's', title: 't', content: [{ type: 'text', text: 'x' }] },
        { type: 'text', text: '[[sim text="fine"]]' },
      ],
    },
  ],
  tools: [
    { name: 'f', description: 'd', input_schema: SCHEMA, cache_control: { type: 'ephemeral', ttl: '1h' } },
  ],
  tool_choice: { type: 'auto', disable_parallel_tool_use: false },
  thinking: { type: 'enabled', budget_tokens: 1_024 },
  output_config: { effort: 'low', format: null },
  stop_sequences: ['END'],
  temperature: 1,
  top_k: 40,
  top_p: 0.9,
  metadata: { user_id: 'u' },
  service_tier: 'auto',
  stream: false,
};

const chatPictures = {
  model: 'openai/gpt-4o-mini',
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'hello' },
        { type: 'image_url', image_url: { url: PNG, detail: 'low' } },
        { type: 'file', file: { filename: 'a.pdf', file_data: `data:application/pdf;base64,${PDF_BYTES}` } },
      ],
    },
  ],
};

const responsesPictures = {
  model: 'openai/gpt-4o-mini',
  input: [
    {
      role: 'user',
      content: [
        { type: 'input_image', image_url: PNG, detail: 'auto' },
        { type: 'input_file', filename: 'a.pdf', file_data: `data:application/pdf;base64,${PDF_BYTES}` },
      ],
    },
  ],
};

const messagesPictures = {
  model: 'openai/gpt-4o-mini',
  max_tokens: 100,
  messages: [
    {
      role: 'user',
      content: [
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG_BYTES } },
        { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
      ],
    },
  ],
};

const completions = {
  model: 'openai/gpt-4o-mini',
  prompt: '[[sim text="fine"]]',
  suffix: null,
  max_tokens: 16,
  temperature: 0,
  top_p: 1,
  n: 1,
  best_of: 1,
  stream: false,
  logprobs: null,
  echo: true,
  stop: ['END'],
  presence_penalty: 0,
  frequency_penalty: 0,
  logit_bias: { '1': 1 },
  seed: 1,
  user: 'u',
};

/** By kind, for the models of each. */
export const DOOR_REQUESTS: readonly DoorRequest[] = [
  { path: '/chat/completions', body: chatPictures },
  { path: '/responses', body: responsesPictures },
  { path: '/messages', body: messagesPictures },
  { path: '/chat/completions', body: chat },
  { path: '/chat/completions', body: chatMore },
  { path: '/responses', body: responses },
  { path: '/messages', body: messages },
  { path: '/messages/count_tokens', body: messages },
  { path: '/completions', body: completions },
  ...['openai/text-embedding-3-small', 'google/gemini-embedding-001', 'cohere/embed-v4.0'].map((model) => ({
    path: '/embeddings',
    body: {
      model,
      input: ['a', 'b'],
      encoding_format: 'base64',
      dimensions: 256,
      input_type: 'query',
      ...ROUTING,
      provider: null,
    },
  })),
  ...['cohere/rerank-v4.0-pro', 'jinaai/jina-reranker-v3', 'qwen/qwen3-reranker-8b'].map((model) => ({
    path: '/rerank',
    body: {
      model,
      query: 'q',
      documents: ['a', { text: 'b', title: 't' }],
      top_n: 1,
      return_documents: true,
      max_tokens_per_doc: 100,
      rank_fields: ['text', 'title'],
    },
  })),
  {
    path: '/moderations',
    body: {
      model: 'openai/omni-moderation',
      input: [
        { type: 'text', text: 'x' },
        { type: 'image_url', image_url: { url: PNG } },
      ],
      user: 'u',
    },
  },
  ...['openai/gpt-image-1', 'google/imagen-4'].map((model) => ({
    path: '/images/generations',
    body: {
      model,
      prompt: 'a boat',
      n: 1,
      size: '1024x1024',
      quality: 'low',
      background: 'auto',
      output_format: 'png',
      output_compression: 100,
      moderation: 'low',
      stream: false,
      partial_images: 0,
      user: 'u',
    },
  })),
  ...['openai/gpt-4o-mini-tts', 'minimax/speech-2.6-hd', 'google/gemini-2.5-flash-preview-tts'].map(
    (model) => ({
      path: '/audio/speech',
      body: {
        model,
        input: 'hello',
        voice: 'alloy',
        response_format: 'wav',
        speed: 1,
        instructions: 'calm',
        stream_format: 'audio',
      },
    }),
  ),
];

export const FORM_REQUESTS: readonly DoorRequest[] = [
  {
    path: '/audio/transcriptions',
    body: {
      model: 'openai/whisper-1',
      language: 'en',
      prompt: 'p',
      response_format: 'verbose_json',
      temperature: '0',
      'timestamp_granularities[]': 'word',
      stream: 'false',
      provider: '{}',
    },
  },
  {
    path: '/audio/translations',
    body: { model: 'openai/whisper-1', prompt: 'p', response_format: 'json', temperature: '0' },
  },
  {
    path: '/images/edits',
    body: { model: 'openai/gpt-image-1', prompt: 'x', n: '1', size: 'auto', quality: 'low', stream: 'false' },
  },
  { path: '/images/variations', body: { model: 'openai/gpt-image-1', n: '1', size: '1024x1024' } },
];
