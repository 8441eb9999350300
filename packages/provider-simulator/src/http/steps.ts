import type { OutgoingHttpHeaders } from 'node:http';

/** One thing that happens on a connection. An answer is a list of them, and a fault is another list. */
export type Step =
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'head'; readonly status: number; readonly headers: OutgoingHttpHeaders }
  | { readonly do: 'write'; readonly data: string | Uint8Array; readonly tokens: number }
  /** The regular end of the answer. */
  | { readonly do: 'end' }
  /** Closes the connection in the middle of the answer. */
  | { readonly do: 'close' }
  /** Resets the connection (RST). */
  | { readonly do: 'reset' }
  /** Nothing more, until the client goes. */
  | { readonly do: 'hang' };

export const wait = (ms: number): Step => ({ do: 'wait', ms });
export const write = (data: string | Uint8Array, tokens = 0): Step => ({ do: 'write', data, tokens });
export const head = (status: number, headers: OutgoingHttpHeaders): Step => ({ do: 'head', status, headers });
export const END: Step = { do: 'end' };
export const CLOSE: Step = { do: 'close' };
export const RESET: Step = { do: 'reset' };
export const HANG: Step = { do: 'hang' };
