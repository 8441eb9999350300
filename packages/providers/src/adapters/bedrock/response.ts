import { malformed } from '../../failure/index.js';
import { isRecord, recordOf, textOf, type JsonRecord } from '../../loose-json.js';
import type { CallNames, ParsedAnswer } from '../../types.js';
import { citationEvent } from './citations.js';
import { failureOfStop, finishReasonOf } from './finish-reason.js';
import { traitsOf } from './model-traits.js';
import { unsealed } from './reasoning-blocks.js';
import { emptyContent, oneChoiceAnswer, type ReadContent } from '../../one-choice-answer.js';
import { plausibleUsage } from '../../plausible-usage.js';
import { isServerTool } from './server-tool.js';
import { usageFromConverse } from './usage.js';

/**
 * A whole answer. It names neither itself nor its model.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_ResponseSyntax
 */
export function parseConverse(body: string, names?: CallNames): ParsedAnswer {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { kind: 'failed', failure: malformed('The answer is not JSON.') };
  }
  const { content } = recordOf(recordOf(recordOf(value)['output'])['message']);
  if (!isRecord(value) || !Array.isArray(content))
    return { kind: 'failed', failure: malformed('The answer has no content.') };
  const { stopReason } = value;
  if (typeof stopReason !== 'string')
    return { kind: 'failed', failure: malformed('The answer has no stop reason.') };
  const broken = failureOfStop(stopReason);
  if (broken) return { kind: 'failed', failure: broken };
  const read = readContent(content as unknown[], names);
  const finishReason = finishReasonOf(stopReason, read.calls.length > 0);
  const usage = plausibleUsage(usageFromConverse(value['usage']), finishReason);
  return oneChoiceAnswer({
    id: names?.id ?? '',
    model: names?.model ?? '',
    read,
    usage,
    finishReason,
    nativeFinishReason: stopReason,
  });
}

/** Amazon's own tools and their results are no text of the answer: that they were at work is told. */
function readContent(content: readonly unknown[], names: CallNames | undefined): ReadContent {
  const format = traitsOf(names?.model ?? '').reasoningFormat;
  const read = emptyContent();
  for (const block of content.filter(isRecord)) {
    if (typeof block['text'] === 'string') read.text += block['text'];
    if (isRecord(block['reasoningContent'])) readReasoning(read, block['reasoningContent'], format);
    if (isRecord(block['toolUse']) && !isServerTool(block['toolUse']))
      readCall(read, block['toolUse'], names?.id || 'unnamed');
    else if (isRecord(block['toolUse']) || isRecord(block['toolResult'])) read.leftOut.add('server_tools');
    if (isRecord(block['image'])) readImage(read, block['image']);
    if (isRecord(block['audio'])) read.leftOut.add('audio');
    if (isRecord(block['citationsContent'])) readCitations(read, block['citationsContent']);
  }
  return read;
}

function readReasoning(
  read: ReadContent,
  { reasoningText, redactedContent }: JsonRecord,
  format: string,
): void {
  const index = read.details.length;
  if (typeof redactedContent === 'string') {
    const data = unsealed(redactedContent, format);
    read.details.push({ type: 'reasoning.encrypted', data, format, index });
  }
  if (!isRecord(reasoningText)) return;
  const text = textOf(reasoningText['text']);
  const signature = typeof reasoningText['signature'] === 'string' ? reasoningText['signature'] : null;
  read.reasoning += text;
  read.details.push({ type: 'reasoning.text', text, signature, format, index });
}

function readCall(read: ReadContent, { toolUseId, name, input }: JsonRecord, answerId: string): void {
  read.calls.push({
    id: textOf(toolUseId) || `call_${answerId}_${read.calls.length}`,
    type: 'function',
    function: { name: textOf(name), arguments: JSON.stringify(input ?? {}) },
  });
}

function readCitations(read: ReadContent, { content, citations }: JsonRecord): void {
  const start = read.text.length;
  if (Array.isArray(content))
    for (const part of content as unknown[]) read.text += textOf(recordOf(part)['text']);
  if (!Array.isArray(citations)) return;
  for (const citation of citations as unknown[]) {
    const event = citationEvent(citation, { start, end: read.text.length });
    if (event.type === 'annotation') read.annotations.push(event.annotation);
    else if (event.type === 'citation') read.citations.push(event.citation);
    else read.leftOut.add(event.what);
  }
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ImageBlock.html */
function readImage(read: ReadContent, { format, source }: JsonRecord): void {
  const bytes = textOf(recordOf(source)['bytes']);
  if (bytes === '') return;
  const url = `data:image/${textOf(format) || 'png'};base64,${bytes}`;
  read.images.push({ type: 'image_url', image_url: { url } });
}
