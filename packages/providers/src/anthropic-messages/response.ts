import { CLAUDE_REASONING_FORMAT, type Annotation } from '@trunkline/contracts';
import { classifyInBand, malformed, readError } from '../failure/index.js';
import { isRecord, textOf } from '../loose-json.js';
import type { ParsedAnswer } from '../types.js';
import { toAnnotation } from './citations.js';
import { finishReasonOf } from './finish-reason.js';
import { oneChoiceAnswer, type ReadContent } from '../one-choice-answer.js';
import { plausibleUsage } from '../plausible-usage.js';
import { usageFromClaude } from './usage.js';

/** A whole message as an answer. https://docs.claude.com/en/api/messages */
export function parseMessage(body: string): ParsedAnswer {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { kind: 'failed', failure: malformed('The answer is not JSON.') };
  }
  if (!isRecord(value)) return { kind: 'failed', failure: malformed('The answer is not an object.') };
  if (value['type'] === 'error' || value['error']) {
    const error = readError(value) ?? { message: '', type: null, code: null, param: null, status: null };
    return { kind: 'failed', failure: classifyInBand(error) };
  }
  const { content, stop_reason: stopReason } = value;
  if (!Array.isArray(content)) return { kind: 'failed', failure: malformed('The answer has no content.') };
  if (typeof stopReason !== 'string')
    return { kind: 'failed', failure: malformed('The answer has no stop reason.') };
  const read = readContent(content, textOf(value['id']));
  const usage = isRecord(value['usage']) ? plausibleUsage(usageFromClaude(value['usage'])) : null;
  const finishReason = finishReasonOf(stopReason, read.calls.length > 0);
  return oneChoiceAnswer({
    id: textOf(value['id']),
    model: textOf(value['model']),
    read,
    usage,
    finishReason,
    nativeFinishReason: stopReason,
  });
}

/** Blocks of server tools, compaction and the like are no text of the answer. */
function readContent(content: readonly unknown[], answerId: string): ReadContent {
  const read: ReadContent = { text: '', reasoning: '', details: [], calls: [], annotations: [] };
  for (const block of content) {
    if (!isRecord(block)) continue;
    switch (block['type']) {
      case 'text':
        read.annotations.push(...annotationsOf(block['citations']));
        read.text += textOf(block['text']);
        break;
      case 'thinking':
        read.reasoning += textOf(block['thinking']);
        read.details.push({
          type: 'reasoning.text',
          text: textOf(block['thinking']),
          signature: typeof block['signature'] === 'string' ? block['signature'] : null,
          format: CLAUDE_REASONING_FORMAT,
          index: read.details.length,
        });
        break;
      case 'redacted_thinking':
        read.details.push({
          type: 'reasoning.encrypted',
          data: textOf(block['data']),
          format: CLAUDE_REASONING_FORMAT,
          index: read.details.length,
        });
        break;
      case 'tool_use':
        read.calls.push({
          id: textOf(block['id']) || `call_${answerId || 'unnamed'}_${read.calls.length}`,
          type: 'function',
          function: { name: textOf(block['name']), arguments: printInput(block['input']) },
        });
        break;
    }
  }
  return read;
}

function annotationsOf(citations: unknown): Annotation[] {
  if (!Array.isArray(citations)) return [];
  return (citations as unknown[]).map(toAnnotation).filter((annotation) => annotation !== null);
}

/** Some servers of this protocol give it as text. */
export function printInput(input: unknown): string {
  return typeof input === 'string' && input.trim() !== '' ? input : JSON.stringify(input || {});
}
