import type { JsonRecord } from '../loose-json.js';

/** A property of any name, `__proto__` too. */
export function define(target: JsonRecord, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
