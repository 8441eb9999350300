import type { FormFile } from '../endpoints/endpoint.js';
import type { RequestFacts } from './accept-request.js';

/** Reads a form: text as it is, what comes twice as a list, files with their bytes. */
export async function acceptForm(bytes: Buffer, contentType: string): Promise<RequestFacts> {
  const fields: Record<string, unknown> = {};
  try {
    const form = await new Response(new Uint8Array(bytes), {
      headers: { 'content-type': contentType },
    }).formData();
    for (const [name, value] of form) {
      const read = typeof value === 'string' ? value : await fileOf(value);
      const known = fields[name];
      fields[name] =
        known === undefined ? read : [...(Array.isArray(known) ? (known as unknown[]) : [known]), read];
    }
  } catch {
    return { body: undefined, model: '', stream: false, malformed: 'the form cannot be read' };
  }
  const { model } = fields;
  return { body: fields, model: typeof model === 'string' ? model : '', stream: fields['stream'] === 'true' };
}

async function fileOf(file: File): Promise<FormFile> {
  return { name: file.name, type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) };
}
