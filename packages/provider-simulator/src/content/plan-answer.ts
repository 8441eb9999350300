import type { ModelOffer } from '../providers/offers.js';
import type { Answer } from './answer.js';
import { type Continuation, readContinuation } from './continuation.js';
import { callTool, chooseToolCalls } from './choose-tool-calls.js';
import { type Directives, readDirectives } from './directives.js';
import { cutAtLimit, stopAtSequence } from './limit-answer.js';
import { exactly, prose, thoughts } from './prose.js';
import type { Prompt } from './prompt.js';
import { promptFacts } from './prompt-facts.js';
import { schemaInstance } from './schema-instance.js';
import { type Script, type ScriptTurn, scriptedTurn } from './scripts.js';
import { type SeededRandom, seededRandom } from './seeded-random.js';

export interface PlanInput {
  readonly providerId: string;
  readonly prompt: Prompt;
  readonly offer: ModelOffer;
  readonly scripts: readonly Script[];
  /** A fault in the middle of something needs that something to be there. */
  readonly steer?: Steer;
}

export type Steer =
  | { readonly to: 'tool' | 'reasoning' | 'empty' }
  /** So many words of one token each, whatever the limits. */
  | { readonly to: 'many'; readonly tokens: number };

export interface PlannedAnswers {
  readonly answers: readonly Answer[];
  readonly directives: Directives;
}

/** Decides what the simulated model answers, the same for the same request: one answer per choice asked for. */
export function planAnswers(input: PlanInput): PlannedAnswers {
  const { prompt } = input;
  const continuation = readContinuation(prompt);
  const { directives, rest } = readDirectives(continuation?.asked ?? prompt.lastUserText);
  const answers = Array.from({ length: prompt.choices }, (_, index) => {
    const random = seededRandom(`${prompt.model}\n${prompt.seed}\n${index}`);
    return planOne(input, { directives, about: rest, continuation, random });
  });
  return { answers, directives };
}

/** What one answer is made of. */
interface Matter {
  readonly directives: Directives;
  readonly about: string;
  readonly continuation: Continuation | null;
  readonly random: SeededRandom;
}

function planOne(input: PlanInput, matter: Matter): Answer {
  const { steer } = input;
  if (steer?.to === 'empty') return { reasoning: '', text: '', toolCalls: [], finish: { kind: 'stop' } };
  if (steer?.to === 'many')
    return { reasoning: '', text: ' a'.repeat(steer.tokens), toolCalls: [], finish: { kind: 'stop' } };
  const turn = scriptedTurn(input.scripts, input.providerId, input.prompt);
  const whole = turn === undefined ? compose(input, matter) : fromScript(turn);
  const stopped = stopAtSequence(whole, input.prompt.stop);
  const limit = input.prompt.maxOutputTokens ?? input.offer.maxOutputTokens;
  return limit === undefined ? stopped : cutAtLimit(stopped, limit);
}

function fromScript(turn: ScriptTurn): Answer {
  const toolCalls = (turn.toolCalls ?? []).map((call) => ({
    name: call.name,
    argumentsText: JSON.stringify(call.arguments ?? {}),
  }));
  return {
    reasoning: turn.thinking ?? '',
    text: turn.text ?? '',
    toolCalls,
    finish: { kind: toolCalls.length > 0 ? 'tool_calls' : 'stop' },
  };
}

function compose(input: PlanInput, matter: Matter): Answer {
  const { prompt } = input;
  const { directives, about, random } = matter;
  const reasoning = thoughts(about, random, reasoningTokens(input, directives, random));
  let toolCalls = chooseToolCalls(prompt, directives, about, random);
  if (input.steer?.to === 'tool' && toolCalls.length === 0)
    toolCalls = prompt.tools.slice(0, 1).map((tool) => callTool(tool, about, random));
  if (toolCalls.length > 0)
    return { reasoning, text: directives.text ?? '', toolCalls, finish: { kind: 'tool_calls' } };
  const text = composeText(prompt, matter);
  return { reasoning, text, toolCalls: [], finish: { kind: directives.finish ?? 'stop' } };
}

function composeText(prompt: Prompt, { directives, about, continuation, random }: Matter): string {
  if (directives.problem !== undefined)
    return `The [[sim …]] directive could not be read: ${directives.problem}.`;
  if (continuation)
    return continueText(continuation, directives, () => prose(about, random, directives.tokens));
  const opening = directives.repeat ? about : '';
  const join = opening === '' ? '' : ' ';
  if (directives.text !== undefined) return opening + directives.text;
  if (prompt.format.kind === 'json_schema')
    return JSON.stringify(schemaInstance(prompt.format.schema, promptFacts(about), random));
  if (prompt.format.kind === 'json_object')
    return JSON.stringify({ answer: prose(about, random, directives.tokens), topic: about.slice(0, 80) });
  if (directives.tokens !== undefined)
    return exactly(`${opening}${join}${prose(about, random, directives.tokens)}`, directives.tokens);
  const results = prompt.toolResults.map((result) => `The tool says: ${result.slice(0, 2_000)}.`).join(' ');
  if (results !== '') return `${opening}${join}${results} ${prose(about, random, random.whole(20, 40))}`;
  return opening === '' ? prose(about, random) : opening;
}

/** Goes on where the answer ends, unless it is told to start over, to say its end again, or to say something else. */
function continueText(
  { said, words }: Continuation,
  { text, repeat, overlap, astray }: Directives,
  more: () => string,
): string {
  if (astray) return `As I was going to say: ${more()}`;
  const rest = text === undefined ? ` ${more()}` : text.startsWith(said) ? text.slice(said.length) : text;
  if (repeat) return said + rest;
  const again = overlap === undefined ? words : said.slice(-overlap);
  return again + rest;
}

function reasoningTokens(input: PlanInput, directives: Directives, random: SeededRandom): number {
  if (directives.reasoningTokens !== undefined) return directives.reasoningTokens;
  const reasons =
    input.prompt.reasoning === 'on' ||
    (input.prompt.reasoning === 'default' && input.offer.reasoning === true);
  return reasons || input.steer?.to === 'reasoning' ? random.whole(24, 64) : 0;
}
