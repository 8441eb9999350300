/** A vector as base64 of little-endian 32-bit floats. https://platform.openai.com/docs/api-reference/embeddings/create */
export function bytesOfVector(vector: readonly number[] | string): string {
  if (typeof vector === 'string') return vector;
  const floats = new Float32Array(vector);
  return Buffer.from(floats.buffer).toString('base64');
}

/** The same as numbers. */
export function numbersOfVector(vector: readonly number[] | string): readonly number[] {
  if (typeof vector !== 'string') return vector;
  const bytes = Buffer.from(vector, 'base64');
  const numbers: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) numbers.push(bytes.readFloatLE(at));
  return numbers;
}

/** Whether a provider's vector can be one: finite numbers, or base64 of whole floats. */
export function isVector(value: unknown): value is number[] | string {
  if (typeof value === 'string') {
    return (
      value !== '' && /^[A-Za-z0-9+/]*={0,2}$/.test(value) && Buffer.byteLength(value, 'base64') % 4 === 0
    );
  }
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((each) => typeof each === 'number' && Number.isFinite(each))
  );
}
