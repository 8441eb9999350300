import type { UploadedFile } from '@trunkline/contracts';
import type { FormField } from './types.js';

/** A request's fields as those of a form: lists under `name[]`, one value each, objects as JSON. */
export function formFields(fields: Readonly<Record<string, unknown>>): FormField[] {
  return Object.entries(fields).flatMap(([name, value]): FormField[] => {
    if (!Array.isArray(value)) return [fieldOf(name, value)];
    // OpenAI takes a file alone under its own name.
    const listName = value.length === 1 && isFile(value[0]) ? name : `${name}[]`;
    return (value as unknown[]).map((each) => fieldOf(listName, each));
  });
}

function fieldOf(name: string, value: unknown): FormField {
  if (isFile(value)) return { name, file: value };
  return { name, value: typeof value === 'string' ? value : JSON.stringify(value) };
}

function isFile(value: unknown): value is UploadedFile {
  return value !== null && typeof value === 'object' && 'part' in value && 'contentType' in value;
}
