/** Options that a fault may take, beside `count`, `probability` and `seed`, which all take. */
export type FaultOptionName =
  | 'at'
  | 'delayMs'
  | 'intervalMs'
  | 'bytes'
  | 'events'
  | 'keepFinish'
  | 'retryAfterMs'
  | 'retryAfterForm'
  | 'quota';

export interface FaultDefinition {
  readonly about: string;
  readonly options: readonly FaultOptionName[];
  /** Early faults need nothing of the request but its model; the others spoil an answer. */
  readonly early: boolean;
  /** Whether the client gets less than a whole answer. */
  readonly spoils: boolean;
  /** What the answer must have for the fault to happen in it. */
  readonly steer?: 'tool' | 'reasoning' | 'empty' | 'many';
}

const early = (about: string, ...options: FaultOptionName[]): FaultDefinition => ({
  about,
  options,
  early: true,
  spoils: true,
});
const late = (about: string, ...options: FaultOptionName[]): FaultDefinition => ({
  about,
  options,
  early: false,
  spoils: true,
});
const harmless = (definition: FaultDefinition): FaultDefinition => ({ ...definition, spoils: false });

const STATUSES = [401, 402, 404, 408, 413, 429, 500, 502, 503, 504, 529] as const;

/** Every fault there is. */
export const FAULTS = {
  refuse: early('the connection is closed as soon as the request is seen'),
  reset_before_headers: early('the connection is reset after the request was read', 'delayMs'),
  no_answer: early('the request is read and nothing ever comes back'),
  keep_alives_only: early('status 200, then keep-alives and nothing else', 'intervalMs'),
  html_200: early('status 200 with a web page'),
  context_length_400: early("the provider's error for a prompt that is too long"),
  content_policy_400: early("the provider's error for a prompt that its policy refuses"),
  huge_error_body: early('status 500 with a very long body', 'bytes'),
  slow_headers: harmless(late('the answer comes whole, its headers late', 'delayMs')),
  slow_first_token: harmless(late('headers at once, the first token late', 'delayMs')),
  stall: late('the stream stops and stays open; with delayMs it goes on', 'at', 'delayMs'),
  reset_mid_stream: late('the connection is reset in the middle', 'at'),
  cut: late(
    'the answer ends in the middle: a stream with a regular end of the body, a plain answer by a closed connection',
    'at',
  ),
  cut_in_utf8: late('ends inside a character', 'at'),
  cut_in_tool_arguments: { ...late('ends inside the arguments of a tool call'), steer: 'tool' },
  cut_in_reasoning: { ...late('ends inside the reasoning'), steer: 'reasoning' },
  role_chunk_then_cut: late('ends behind the first, empty event'),
  garbage_event: late('one event in the middle is not JSON', 'at'),
  missing_terminal: late(
    'all content, but not the end: no finish reason, usage and terminal event; with keepFinish only the last is missing',
    'keepFinish',
  ),
  error_event_before_content: late("the provider's own error event before any content"),
  error_event_after_content: late("the provider's own error event in the middle", 'at'),
  truncated_json: late(
    'a plain answer ends in the middle of its JSON; a stream in the middle of an event',
    'at',
  ),
  broken_gzip: late('says gzip and is not'),
  empty_answer: { ...late('ends well without a word'), steer: 'empty' },
  tiny_events: {
    ...harmless(late('very many events of one token, as fast as they go', 'events')),
    steer: 'many',
  },
  ...statusFaults(),
} as const satisfies Record<string, FaultDefinition>;

type StatusFaults = { readonly [K in `status:${(typeof STATUSES)[number]}`]: FaultDefinition };

function statusFaults(): StatusFaults {
  const entries = STATUSES.map((status) => {
    const options: FaultOptionName[] =
      status === 429
        ? ['delayMs', 'retryAfterMs', 'retryAfterForm', 'quota']
        : ['delayMs', 'retryAfterMs', 'retryAfterForm'];
    return [
      `status:${status}`,
      early(`status ${status} with the provider's own error body`, ...options),
    ] as const;
  });
  return Object.fromEntries(entries) as StatusFaults;
}

export type FaultName = keyof typeof FAULTS;

export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(FAULTS, name);
}

export function faultDefinition(name: FaultName): FaultDefinition {
  return FAULTS[name];
}
