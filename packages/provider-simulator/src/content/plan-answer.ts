import type { ModelOffer } from '../providers/offers.js';
import type { Answer } from './answer.js';
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
  const { directives, rest } = readDirectives(prompt.lastUserText);
  const answers = Array.from({ length: prompt.choices }, (_, index) => {
    const random = seededRandom(`${prompt.model}\n${prompt.seed}\n${index}`);
    return planOne(input, directives, rest, random);
  });
  return { answers, directives };
}

function planOne(input: PlanInput, directives: Directives, about: string, random: SeededRandom): Answer {
  const { steer } = input;
  if (steer?.to === 'empty') return { reasoning: '', text: '', toolCalls: [], finish: { kind: 'stop' } };
  if (steer?.to === 'many')
    return { reasoning: '', text: ' a'.repeat(steer.tokens), toolCalls: [], finish: { kind: 'stop' } };
  const turn = scriptedTurn(input.scripts, input.providerId, input.prompt);
  const whole = turn === undefined ? compose(input, directives, about, random) : fromScript(turn);
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

function compose(input: PlanInput, directives: Directives, about: string, random: SeededRandom): Answer {
  const { prompt } = input;
  const reasoning = thoughts(about, random, reasoningTokens(input, directives, random));
  let toolCalls = chooseToolCalls(prompt, directives, about, random);
  if (input.steer?.to === 'tool' && toolCalls.length === 0)
    toolCalls = prompt.tools.slice(0, 1).map((tool) => callTool(tool, about, random));
  if (toolCalls.length > 0)
    return { reasoning, text: directives.text ?? '', toolCalls, finish: { kind: 'tool_calls' } };
  const text = composeText(prompt, directives, about, random);
  return { reasoning, text, toolCalls: [], finish: { kind: directives.finish ?? 'stop' } };
}

function composeText(prompt: Prompt, directives: Directives, about: string, random: SeededRandom): string {
  if (directives.problem !== undefined)
    return `The [[sim …]] directive could not be read: ${directives.problem}.`;
  const opening = directives.repeat ? (prompt.prefill ?? about) : '';
  const join = opening === '' ? '' : ' ';
  if (directives.text !== undefined) return opening + continuing(directives.text, prompt);
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

/** A model that continues an assistant message goes on where it ends, unless it is told to start over. */
function continuing(text: string, { prefill }: Prompt): string {
  return prefill !== undefined && text.startsWith(prefill) ? text.slice(prefill.length) : text;
}

function reasoningTokens(input: PlanInput, directives: Directives, random: SeededRandom): number {
  if (directives.reasoningTokens !== undefined) return directives.reasoningTokens;
  const reasons =
    input.prompt.reasoning === 'on' ||
    (input.prompt.reasoning === 'default' && input.offer.reasoning === true);
  return reasons || input.steer?.to === 'reasoning' ? random.whole(24, 64) : 0;
}
