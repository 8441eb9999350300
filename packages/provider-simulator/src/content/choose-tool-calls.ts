import type { ToolCall } from './answer.js';
import type { Directives } from './directives.js';
import type { Prompt, ToolSpec } from './prompt.js';
import { promptFacts } from './prompt-facts.js';
import { schemaInstance } from './schema-instance.js';
import type { SeededRandom } from './seeded-random.js';

/** Which tools to call: those that a directive names, those that are forced, or those whose name is in the prompt. */
export function chooseToolCalls(
  prompt: Prompt,
  directives: Directives,
  about: string,
  random: SeededRandom,
): ToolCall[] {
  if (directives.tools.length > 0) {
    return directives.tools.map(({ name, args }) => {
      const spec = prompt.tools.find((tool) => tool.name === name) ?? { name, schema: {} };
      return args === undefined
        ? callTool(spec, about, random)
        : { name, argumentsText: JSON.stringify(args) };
    });
  }
  const called = toolsToCall(prompt, about);
  return (prompt.parallelToolCalls ? called : called.slice(0, 1)).map((tool) =>
    callTool(tool, about, random),
  );
}

/** A call of the tool with arguments made after its schema and the prompt. */
export function callTool(tool: ToolSpec, about: string, random: SeededRandom): ToolCall {
  const args = schemaInstance(tool.schema, promptFacts(about), random);
  const isObject = typeof args === 'object' && args !== null;
  return { name: tool.name, argumentsText: JSON.stringify(isObject ? args : {}) };
}

function toolsToCall(prompt: Prompt, about: string): readonly ToolSpec[] {
  const { toolChoice, tools } = prompt;
  if (tools.length === 0 || toolChoice.kind === 'none') return [];
  if (toolChoice.kind === 'named') return tools.filter((tool) => tool.name === toolChoice.name);
  // Results have just come back: the model answers, unless it must call.
  const answered = prompt.toolResults.length > 0;
  if (answered && toolChoice.kind === 'auto') return [];
  const mentioned = tools.filter((tool) => mentions(about, tool.name));
  if (mentioned.length > 0 || toolChoice.kind === 'auto') return mentioned;
  return tools.slice(0, 1);
}

function mentions(text: string, name: string): boolean {
  const at = text.indexOf(name);
  if (at === -1) return false;
  return !/[\w-]/u.test(text[at - 1] ?? ' ') && !/[\w-]/u.test(text[at + name.length] ?? ' ');
}
