import { readDirectives } from '../content/directives.js';
import { countTokens } from '../counting/count-tokens.js';
import { nativeId } from '../protocols/native-ids.js';
import { refuse } from '../protocols/native-problem.js';
import { Fields } from '../protocols/read-fields.js';
import type { Endpoint } from './endpoint.js';
import { json } from './endpoint.js';

const CONTINUATION = ' and so it goes on for a while';

/** OpenAI's older completions. https://platform.openai.com/docs/api-reference/completions/create */
export const openAiCompletions: Endpoint = ({ body, model }) => {
  const fields = Fields.of(body, []);
  const prompts = readPrompts(fields);
  const count = fields.number('n', { least: 1, most: 128, whole: true }) ?? 1;
  const echo = fields.boolean('echo') ?? false;
  const wantsLogprobs = fields.number('logprobs', { least: 0, most: 5, whole: true }) !== undefined;
  const suffix = fields.string('suffix') ?? '';
  const said = prompts.flatMap((prompt) =>
    Array.from({ length: count }, () => continuationOf(prompt, suffix)),
  );
  const promptTokens = prompts.reduce((sum, prompt) => sum + countTokens(prompt), 0);
  const completionTokens = said.reduce((sum, text) => sum + countTokens(text), 0);
  const usage = {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
  const named = {
    id: nativeId('cmpl-', 24),
    object: 'text_completion',
    created: Math.floor(Date.now() / 1000),
    model,
  };
  const texts = said.map((text, at) => (echo ? `${prompts[Math.floor(at / count)] ?? ''}${text}` : text));
  const logprobs = (text: string) =>
    wantsLogprobs
      ? { tokens: [text], token_logprobs: [-0.5], top_logprobs: [{ [text]: -0.5 }], text_offset: [0] }
      : null;
  if (fields.boolean('stream') !== true) {
    const choices = texts.map((text, index) => ({
      index,
      text,
      logprobs: logprobs(text),
      finish_reason: 'stop',
    }));
    return json({ ...named, choices, usage }, promptTokens, completionTokens);
  }
  const chunk = (index: number, text: string, reason: string | null) => ({
    ...named,
    choices: [{ index, text, logprobs: reason === null ? logprobs(text) : null, finish_reason: reason }],
  });
  const words = texts.flatMap((text, index) =>
    text.split(/(?<=\s)/u).map((word) => chunk(index, word, null)),
  );
  const ends = texts.map((_, index) => chunk(index, '', 'stop'));
  const wantsUsage = fields.object('stream_options')?.boolean('include_usage') ?? false;
  return {
    kind: 'events',
    events: [...words, ...ends, ...(wantsUsage ? [{ ...named, choices: [], usage }] : [])],
    ending: 'data: [DONE]\n\n',
    usage: { promptTokens, completionTokens },
  };
};

function readPrompts(fields: Fields): string[] {
  const prompt = fields.required('prompt');
  if (typeof prompt === 'string') return [prompt];
  const list = fields.list('prompt') ?? [];
  if (list.length === 0) refuse(fields.at('prompt'), 'range', '1..', 0);
  if (list.every((each) => typeof each === 'string')) return list as string[];
  // Tokens of a tokenizer that is not here stand for words.
  const rows = list.every((each) => typeof each === 'number') ? [list] : list;
  return rows.map((row) => (row as number[]).map((token) => `t${token}`).join(' '));
}

function continuationOf(prompt: string, suffix: string): string {
  const { directives } = readDirectives(prompt);
  const text = directives.text ?? CONTINUATION;
  // A prompt that has the beginning of the text behind it is gone on with.
  const said = /\]\]([^\]]*)$/u.exec(prompt)?.[1] ?? '';
  return text.slice(text.startsWith(said) ? said.length : 0) + (suffix === '' ? '' : ' ');
}
