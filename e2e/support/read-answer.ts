/** An answer as it came over the wire. */
export interface RawAnswer {
  status: number | null;
  text: string;
  /** Its body came to a regular end. */
  ended: boolean;
}

/** What the three dialects have in common for who only wants text, cost and end. */
export interface AnswerRead {
  whole: boolean;
  text: string;
  cost: number | null;
  errorCode: string | null;
}

interface Part {
  text?: string;
  content?: string | null;
}

/** All fields of whole answers and frames of all dialects that are looked at. */
interface Body {
  type?: string;
  object?: string;
  status?: string;
  choices?: { message?: Part; delta?: Part }[];
  content?: Part[];
  output?: { content?: Part[] }[];
  delta?: Part | string;
  response?: Body;
  usage?: { cost?: number } | null;
  error?: { code?: string | null; type?: string } | null;
}

const ENDS = new Set(['message_stop', 'response.completed']);

function parse(text: string): Body | null {
  try {
    return JSON.parse(text) as Body;
  } catch {
    return null;
  }
}

function wholeText({ choices, content, output }: Body): string {
  const parts = [...(content ?? []), ...(output ?? []).flatMap((item) => item.content ?? [])];
  return (choices?.[0]?.message?.content ?? '') + parts.map((part) => part.text ?? '').join('');
}

function deltaText({ type, choices, delta }: Body): string {
  if (type === 'response.output_text.delta') return typeof delta === 'string' ? delta : '';
  if (type === 'content_block_delta') return typeof delta === 'object' ? (delta.text ?? '') : '';
  return choices?.[0]?.delta?.content ?? '';
}

function errorOf({ error }: Body): string | null {
  return error ? (error.code ?? error.type ?? 'unknown') : null;
}

function readStream(raw: RawAnswer): AnswerRead {
  const data = [...raw.text.matchAll(/^data: (.*)$/gmu)].map(([, line]) => line ?? '');
  const frames = data.flatMap((line) => parse(line) ?? []);
  const isEnded = data.at(-1) === '[DONE]' || ENDS.has(frames.at(-1)?.type ?? '');
  const costs = frames.map(({ usage, response }) => (usage ?? response?.usage)?.cost);
  const errorCode = frames.map(errorOf).find((code) => code !== null) ?? null;
  return {
    whole: raw.ended && isEnded && errorCode === null,
    text: frames.map(deltaText).join(''),
    cost: costs.findLast((cost) => cost !== undefined) ?? null,
    errorCode,
  };
}

/** Reads an answer of any dialect, good or bad. */
export function readAnswer(raw: RawAnswer, stream: boolean): AnswerRead {
  if (raw.status === 200 && stream) return readStream(raw);
  const body = parse(raw.text);
  if (!body) return { whole: false, text: '', cost: null, errorCode: null };
  return {
    whole: raw.ended && raw.status === 200,
    text: wholeText(body),
    cost: body.usage?.cost ?? null,
    errorCode: errorOf(body),
  };
}
