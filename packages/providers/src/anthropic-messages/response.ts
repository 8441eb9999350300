import { CLAUDE_REASONING_FORMAT } from '@trunkline/contracts';
import { classifyInBand, malformed, readError } from '../failure/index.js';
import { isRecord, textOf, type JsonRecord } from '../loose-json.js';
import type { ParsedAnswer } from '../types.js';
import { citationEvent } from './citations.js';
import { explanationOf, finishReasonOf } from './finish-reason.js';
import { leftOutOf } from './left-out.js';
import { emptyContent, oneChoiceAnswer, type ReadContent } from '../one-choice-answer.js';
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
  if (isRecord(value['container'])) read.leftOut.add('container');
  read.refusal = explanationOf(value['stop_details']);
  const finishReason = finishReasonOf(stopReason, read.calls.length > 0);
  const counted = isRecord(value['usage']) ? usageFromClaude(value['usage']) : null;
  const usage = plausibleUsage(counted, finishReason);
  return oneChoiceAnswer({
    id: textOf(value['id']),
    model: textOf(value['model']),
    read,
    usage,
    finishReason,
    nativeFinishReason: stopReason,
  });
}

/** Blocks of server tools, compaction and the like are no text of the answer: that they were there is told. */
function readContent(content: readonly unknown[], answerId: string): ReadContent {
  const read = emptyContent();
  for (const block of content) {
    if (!isRecord(block)) continue;
    switch (block['type']) {
      case 'text':
        read.text += textOf(block['text']);
        readCitations(read, block);
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
      default: {
        const what = leftOutOf(block);
        if (what !== null) read.leftOut.add(what);
      }
    }
  }
  return read;
}

/** Of the block whose text came last. */
function readCitations(read: ReadContent, { text, citations }: JsonRecord): void {
  if (!Array.isArray(citations)) return;
  const end = read.text.length;
  const place = { start: end - textOf(text).length, end };
  for (const citation of citations as unknown[]) {
    const event = citationEvent(citation, place);
    if (event.type === 'annotation') read.annotations.push(event.annotation);
    else if (event.type === 'citation') read.citations.push(event.citation);
    else read.leftOut.add(event.what);
  }
}

/** Some servers of this protocol give it as text. */
export function printInput(input: unknown): string {
  return typeof input === 'string' && input.trim() !== '' ? input : JSON.stringify(input || {});
}
