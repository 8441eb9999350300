import { describe, expect, it } from '@jest/globals';
import {
  documentText,
  embeddingInputs,
  embeddingsRequestSchema,
  imageEditRequestSchema,
  imageGenerationRequestSchema,
  moderationsRequestSchema,
  parseRequest,
  rerankRequestSchema,
  speechRequestSchema,
  transcriptionRequestSchema,
} from './index.js';

const FILE = { part: 0, fileName: 'a.mp3', contentType: 'audio/mpeg', bytes: 3 };

describe('parseRequest', () => {
  it.each([
    ['embeddings of a text', embeddingsRequestSchema, { input: 'hi' }],
    ['embeddings of tokens', embeddingsRequestSchema, { input: [1, 2] }],
    ['embeddings of lists of tokens', embeddingsRequestSchema, { input: [[1], [2, 3]], dimensions: 8 }],
    ['rerank', rerankRequestSchema, { query: 'q', documents: ['a', { text: 'b' }] }],
    ['moderations of parts', moderationsRequestSchema, { input: [{ type: 'text', text: 'x' }] }],
    ['images', imageGenerationRequestSchema, { prompt: 'a cat', size: '1024x1536', n: 2 }],
    ['speech', speechRequestSchema, { input: 'hi', voice: { id: 'v' } }],
    ['a transcription', transcriptionRequestSchema, { file: FILE }],
  ])('takes %s and keeps what it does not know', (_name, schema, fields) => {
    const body = { model: 'm', novel: { kept: true }, ...fields };
    expect(parseRequest(schema, body)).toEqual({ ok: true, request: body });
  });

  it.each([
    [embeddingsRequestSchema, {}, 'missing_required_parameter', 'input'],
    [embeddingsRequestSchema, { input: '' }, 'invalid_value', 'input'],
    [embeddingsRequestSchema, { input: [] }, 'invalid_value', 'input'],
    [embeddingsRequestSchema, { input: 'x', encoding_format: 'hex' }, 'invalid_value', 'encoding_format'],
    [embeddingsRequestSchema, { input: 'x', trunkline: { nope: 1 } }, 'unknown_parameter', 'trunkline.nope'],
    [rerankRequestSchema, { query: 'q', documents: [7] }, 'invalid_type', 'documents[0]'],
    [rerankRequestSchema, { query: 'q', documents: ['x'], top_n: 0 }, 'invalid_value', 'top_n'],
    [moderationsRequestSchema, { input: [{ type: 'sound' }] }, 'invalid_value', 'input[0].type'],
    [imageGenerationRequestSchema, { prompt: 'x', size: 'huge' }, 'invalid_value', 'size'],
    [imageGenerationRequestSchema, { prompt: 'x', n: 11 }, 'invalid_value', 'n'],
    [imageEditRequestSchema, { prompt: 'x' }, 'missing_required_parameter', 'image'],
    [speechRequestSchema, { input: 'x' }, 'missing_required_parameter', 'voice'],
    [speechRequestSchema, { input: 'x', voice: 'v', speed: 9 }, 'invalid_value', 'speed'],
    [transcriptionRequestSchema, {}, 'missing_required_parameter', 'file'],
    [transcriptionRequestSchema, { file: 'text' }, 'invalid_value', 'file'],
  ])('names the field at fault (%#)', (schema, fields, code, param) => {
    expect(parseRequest(schema, { model: 'm', ...fields })).toMatchObject({
      ok: false,
      issue: { code, param },
    });
  });

  it('wants a model, unless the endpoint has one of its own', () => {
    expect(parseRequest(moderationsRequestSchema, { input: 'x' })).toMatchObject({
      issue: { code: 'missing_required_parameter', param: 'model' },
    });
    expect(parseRequest(moderationsRequestSchema, { input: 'x' }, 'mod')).toMatchObject({
      request: { model: 'mod' },
    });
    expect(parseRequest(moderationsRequestSchema, { input: 'x', models: ['a'] })).toMatchObject({ ok: true });
    expect(parseRequest(moderationsRequestSchema, [])).toMatchObject({ issue: { code: 'invalid_type' } });
  });
});

describe('embeddingInputs', () => {
  it('takes a text or tokens alone for one input', () => {
    expect(embeddingInputs({ input: 'a' })).toEqual(['a']);
    expect(embeddingInputs({ input: [1, 2] })).toEqual([[1, 2]]);
    expect(embeddingInputs({ input: [[1], [2]] })).toEqual([[1], [2]]);
    expect(embeddingInputs({ input: ['a', 'b'] })).toEqual(['a', 'b']);
  });
});

describe('documentText', () => {
  it('is the text, the fields that are named, or all fields', () => {
    expect(documentText('a')).toBe('a');
    expect(documentText({ text: 'a', id: 1 })).toBe('a');
    expect(documentText({ title: 'T', body: 'B', id: 1 }, ['title', 'body'])).toBe('title: T\nbody: B');
    expect(documentText({ title: 'T', n: 1 })).toBe('title: T\nn: 1');
  });
});
