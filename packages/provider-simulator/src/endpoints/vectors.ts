import { seededRandom } from '../content/seeded-random.js';

/** A vector of length one that is the same for the same model and text. */
export function vectorOf(model: string, text: string, dimensions: number): number[] {
  const random = seededRandom(`vector ${model} ${text}`);
  const numbers = Array.from({ length: dimensions }, () => Math.fround(random.next() * 2 - 1));
  const length = Math.hypot(...numbers);
  return numbers.map((number) => Math.fround(number / length));
}

export function base64Of(vector: readonly number[]): string {
  return Buffer.from(new Float32Array(vector).buffer).toString('base64');
}

/** As many as the real models give, where they are known. https://platform.openai.com/docs/guides/embeddings */
export function dimensionsOf(model: string): number {
  if (/3-large|gemini-embedding/u.test(model)) return 3_072;
  return /text-embedding|embed-v4/u.test(model) ? 1_536 : 1_024;
}
