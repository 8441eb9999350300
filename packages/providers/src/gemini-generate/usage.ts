import type { Modality, TokenFlow, Usage } from '@trunkline/contracts';
import { countOf, isRecord, textOf, type JsonRecord } from '../loose-json.js';
import { ownValue } from '../own-value.js';

type Counts = Record<Modality, number>;

/**
 * By word, or by number where enumerations come so.
 * https://github.com/googleapis/googleapis/blob/master/google/ai/generativelanguage/v1beta/content.proto
 */
const MODALITY_OF: Readonly<Record<string, Modality>> = {
  ...{ AUDIO: 'audio', IMAGE: 'image', VIDEO: 'video' },
  ...{ 2: 'image', 3: 'video', 4: 'audio' },
};

/**
 * Gemini's usage as disjoint buckets. `promptTokenCount` includes `cachedContentTokenCount` but not what the provider's
 * own tools read (`toolUsePromptTokenCount`); thoughts come beside the candidates' tokens. Documents count as text.
 * https://ai.google.dev/api/generate-content#UsageMetadata
 * @returns null where there are no counts
 */
export function usageFromGemini(metadata: unknown): Usage | null {
  if (!isRecord(metadata)) return null;
  const prompt = countOf(metadata['promptTokenCount']);
  const candidates = countOf(metadata['candidatesTokenCount']);
  if (prompt === null && candidates === null) return null;
  const cached = Math.min(countOf(metadata['cachedContentTokenCount']) ?? 0, prompt ?? 0);
  const cache = split(cached, metadata['cacheTokensDetails']);
  const input = split(prompt ?? 0, metadata['promptTokensDetails']);
  takeFrom(input, cache);
  const ofTools = split(
    countOf(metadata['toolUsePromptTokenCount']) ?? 0,
    metadata['toolUsePromptTokensDetails'],
  );
  for (const modality of modalitiesOf(input)) input[modality] += ofTools[modality];
  const usage: Usage = {};
  write(usage, 'input', input);
  write(usage, 'cache_read', cache);
  write(usage, 'output', split(candidates ?? 0, metadata['candidatesTokensDetails']));
  const thoughts = countOf(metadata['thoughtsTokenCount']) ?? 0;
  if (thoughts > 0) usage['reasoning.text'] = thoughts;
  return usage;
}

/** The same with what its own search did, which Google does not count. */
export function withSearches(usage: Usage, searches: number): Usage {
  return searches > 0 ? { ...usage, searches } : usage;
}

/** A total by modality; what the details do not name, or a total that they exceed, is text. */
function split(total: number, details: unknown): Counts {
  const counts: Counts = { text: 0, audio: 0, image: 0, video: 0 };
  let left = total;
  for (const detail of Array.isArray(details) ? (details as unknown[]) : []) {
    const { modality, tokens } = readDetail(isRecord(detail) ? detail : {});
    if (modality === 'text') continue;
    const taken = Math.min(tokens, left);
    counts[modality] += taken;
    left -= taken;
  }
  counts.text = left;
  return counts;
}

function readDetail({ modality, tokenCount }: JsonRecord): { modality: Modality; tokens: number } {
  const name = typeof modality === 'number' ? String(modality) : textOf(modality);
  return { modality: ownValue(MODALITY_OF, name) ?? 'text', tokens: countOf(tokenCount) ?? 0 };
}

/** What was read from the cache is in the prompt's count; where the modalities disagree the sum must not. */
function takeFrom(input: Counts, cache: Counts): void {
  let owed = 0;
  for (const modality of modalitiesOf(input)) {
    const taken = Math.min(input[modality], cache[modality]);
    input[modality] -= taken;
    owed += cache[modality] - taken;
  }
  for (const modality of modalitiesOf(input)) {
    const taken = Math.min(input[modality], owed);
    input[modality] -= taken;
    owed -= taken;
  }
}

function write(usage: Usage, flow: TokenFlow, counts: Counts): void {
  for (const modality of modalitiesOf(counts))
    if (counts[modality] > 0) usage[`${flow}.${modality}`] = counts[modality];
}

/** Guarantee: `split` made the record, so its keys are the modalities. */
function modalitiesOf(counts: Counts): Modality[] {
  return Object.keys(counts) as Modality[];
}
