import type { ChatRequest } from '../chat/chat-request.js';
import type { RequestProblem } from './request-problem.js';

/** A function that must be called has to be among the tools. Tools of other kinds are the provider's to judge. */
export function toolChoiceProblem(request: ChatRequest): RequestProblem | null {
  const { tool_choice: choice, function_call: call, tools, functions } = request;
  if (choice && typeof choice === 'object' && choice.function) {
    const { name } = choice.function;
    const isThere =
      tools?.some((tool) => tool.function?.name === name) || functions?.some((one) => one.name === name);
    if (!isThere) return { path: ['tool_choice'], reason: 'names no function of this request' };
  }
  if (call && typeof call === 'object') {
    const isThere = functions?.some(({ name }) => name === call.name);
    if (!isThere) return { path: ['function_call'], reason: 'names no function of this request' };
  }
  return null;
}
