import { setImmediate as immediate } from 'node:timers/promises';
import type { ChatRequest, Usage } from '@trunkline/contracts';
import { countTextsInSlices, readChatPrompt } from '@trunkline/tokens';
import type { Charge } from './who-pays.js';

/** What is known of what the committed attempt wrote. */
export interface Written {
  /** What the provider reported so far; null when it reported nothing. */
  readonly usage: Usage | null;
  readonly outputText: string;
  readonly reasoningText: string;
}

export interface CommittedUsage {
  readonly usage: Usage;
  /** A tokenizer counted, since the provider did not say. */
  readonly counted: boolean;
  /** What the attempt used besides, which is no business of the customer. */
  readonly rest?: Usage;
}

/**
 * The usage of a committed attempt: the provider's where the answer ended and it reported one, else counted: the prompt
 * as reported if it was, and what was written.
 */
export async function committedUsage(
  written: Written,
  request: ChatRequest,
  charge: Charge,
  isWhole: boolean,
): Promise<CommittedUsage> {
  if (written.usage && (isWhole || charge === 'usage')) return { usage: written.usage, counted: false };
  return oneAtATime(() => countUsage(written, request));
}

/** Tokens of a prompt by our own count. */
export function countedPrompt(request: ChatRequest): Promise<Usage> {
  return oneAtATime(async () => ({ 'input.text': await countPrompt(request) }));
}

/** Tokens of what was written by our own count. */
export function countedAnswer(written: Written): Promise<Usage> {
  return oneAtATime(() => countAnswer(written));
}

async function countUsage(written: Written, request: ChatRequest): Promise<CommittedUsage> {
  const prompt = promptPart(written.usage) ?? { 'input.text': await countPrompt(request) };
  return { usage: { ...prompt, ...(await countAnswer(written)) }, counted: true };
}

async function countAnswer(written: Written): Promise<Usage> {
  const output = await countTextsInSlices([written.outputText], immediate);
  const reasoning = await countTextsInSlices([written.reasoningText], immediate);
  return {
    ...(output > 0 ? { 'output.text': output } : {}),
    ...(reasoning > 0 ? { 'reasoning.text': reasoning } : {}),
  };
}

async function countPrompt(request: ChatRequest): Promise<number> {
  const { tokens, texts } = readChatPrompt(request);
  return tokens + (await countTextsInSlices(texts, immediate));
}

let counted: Promise<unknown> = Promise.resolve();

/** Hundreds of clients may leave at once: their calls are counted behind each other, while others are answered. */
function oneAtATime<T>(countNext: () => Promise<T>): Promise<T> {
  // Each begins in a turn of its own, since many short texts take as long as a long one.
  const next = counted.then(() => immediate()).then(countNext);
  counted = next.catch(() => undefined);
  return next;
}

const OF_ANSWER: ReadonlySet<string> = new Set(['unbilled.output', 'beyond.reasoning']);

/** The prompt's share of what was reported; some providers report it when a stream begins. */
export function promptPart(usage: Usage | null): Usage | null {
  if (!usage) return null;
  const part: Usage = {};
  for (const [bucket, units] of Object.entries(usage)) {
    if (!bucket.startsWith('output.') && !bucket.startsWith('reasoning.') && !OF_ANSWER.has(bucket))
      part[bucket as keyof Usage] = units;
  }
  return Object.keys(part).length > 0 ? part : null;
}
