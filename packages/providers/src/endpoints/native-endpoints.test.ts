import { describe, expect, it } from '@jest/globals';
import type { SpeechRequest } from '@trunkline/contracts';
import { adapterOf, allAdapters } from '../registry.js';
import type { EndpointAdapter, EndpointBuild, EndpointCall } from './types.js';
import { waveHeader } from './wave-header.js';

function sent(built: EndpointBuild | undefined) {
  if (built?.kind !== 'built') throw new Error(`refused: ${built?.failure.message}`);
  return {
    dropped: built.dropped,
    requests: built.requests.map(({ path, body }) => ({
      path,
      body: typeof body === 'string' ? (JSON.parse(body) as Record<string, unknown>) : body,
    })),
  };
}

function read<Request, Answer>(
  adapter: EndpointAdapter<Request, Answer> | undefined,
  call: EndpointCall<Request>,
  ...bodies: unknown[]
) {
  return adapter?.parseAnswers(
    bodies.map((body) => JSON.stringify(body)),
    call,
  );
}

/** What a reader makes of a body that comes in one piece. */
function hear(
  adapter: EndpointAdapter<SpeechRequest, never> | undefined,
  request: SpeechRequest,
  body: unknown,
) {
  const reader = adapter?.readerFor?.({ model: 'm', request });
  if (!reader) throw new Error('no reader');
  reader.push(Buffer.from(JSON.stringify(body)));
  const { pieces, failure } = reader.end();
  const bytes = pieces.map((piece) => (piece.kind === 'bytes' ? [...piece.bytes] : []));
  return { bytes: bytes.flat(), failure: failure?.outcome ?? null, usage: reader.usage };
}

describe('Cohere', () => {
  const { embeddings, rerank } = adapterOf('cohere')?.endpoints ?? {};

  it('embeds 96 texts at a time, for documents unless told otherwise', () => {
    const input = Array.from({ length: 100 }, (_, at) => `text ${at}`);
    const { requests, dropped } = sent(
      embeddings?.buildRequests({ model: 'm', request: { input, dimensions: 256, user: 'u' } }),
    );
    expect(requests.map(({ path, body }) => [path, (body as { texts: string[] }).texts.length])).toEqual([
      ['/embed', 96],
      ['/embed', 4],
    ]);
    expect(requests[0]?.body).toMatchObject({
      model: 'm',
      input_type: 'search_document',
      embedding_types: ['float'],
      output_dimension: 256,
    });
    expect(dropped).toEqual(['user']);
    const query = sent(
      embeddings?.buildRequests({ model: 'm', request: { input: 'x', input_type: 'query' } }),
    );
    expect(query.requests[0]?.body).toMatchObject({ input_type: 'search_query' });
  });

  it('counts what is billed', () => {
    const body = { id: 'e1', embeddings: { float: [[1, 2]] }, meta: { billed_units: { input_tokens: 5 } } };
    expect(read(embeddings, { model: 'm', request: { input: 'x' } }, body)).toEqual({
      kind: 'answer',
      id: 'e1',
      answer: { vectors: [[1, 2]] },
      usage: { 'input.text': 5 },
    });
    expect(
      read(embeddings, { model: 'm', request: { input: 'x' } }, { embeddings: { float: [] } }),
    ).toMatchObject({
      failure: { outcome: 'malformed' },
    });
  });

  it('ranks and counts searches', () => {
    const request = { query: 'q', documents: ['a', { text: 'b' }], top_n: 1, return_documents: true };
    expect(sent(rerank?.buildRequests({ model: 'm', request })).requests).toEqual([
      { path: '/rerank', body: { model: 'm', query: 'q', documents: ['a', 'b'], top_n: 1 } },
    ]);
    const body = {
      results: [{ index: 1, relevance_score: 0.9 }],
      meta: { billed_units: { search_units: 1 } },
    };
    expect(read(rerank, { model: 'm', request }, body)).toMatchObject({
      answer: { results: [{ index: 1, score: 0.9 }] },
      usage: { queries: 1 },
    });
  });

  it('of Azure stands beside the other routes', () => {
    const built = adapterOf('azure-foundry')?.endpoints?.rerank?.buildRequests({
      model: 'm',
      request: { query: 'q', documents: ['a'] },
      baseUrl: 'https://r.services.ai.azure.com/openai/v1',
    });
    expect(built).toMatchObject({
      requests: [{ path: '/providers/cohere/v2/rerank', besides: '/openai/v1' }],
    });
  });
});

describe('Google', () => {
  const { embeddings, images, speech } = adapterOf('google')?.endpoints ?? {};

  it('embeds in batches under its own names', () => {
    const request = { input: ['a', 'b'], dimensions: 8, input_type: 'search_query' };
    expect(sent(embeddings?.buildRequests({ model: 'e', request })).requests).toEqual([
      {
        path: '/models/e:batchEmbedContents',
        body: {
          requests: ['a', 'b'].map((text) => ({
            model: 'models/e',
            content: { parts: [{ text }] },
            taskType: 'RETRIEVAL_QUERY',
            outputDimensionality: 8,
          })),
        },
      },
    ]);
    const body = { embeddings: [{ values: [1] }, { values: [2] }] };
    expect(read(embeddings, { model: 'e', request }, body)).toMatchObject({
      answer: { vectors: [[1], [2]] },
      usage: null,
    });
    expect(read(embeddings, { model: 'e', request }, { embeddings: [{ values: [1] }] })).toMatchObject({
      failure: { outcome: 'malformed' },
    });
  });

  it('draws in the ratio nearest to the size, and says what its filter stopped', () => {
    const call = {
      task: 'generate' as const,
      request: { prompt: 'cat', n: 2, size: '1536x1024', quality: 'high' },
    };
    expect(sent(images?.buildRequests({ model: 'i', request: call }))).toEqual({
      requests: [
        {
          path: '/models/i:predict',
          body: { instances: [{ prompt: 'cat' }], parameters: { sampleCount: 2, aspectRatio: '4:3' } },
        },
      ],
      dropped: ['quality'],
    });
    const drawn = { predictions: [{ bytesBase64Encoded: 'AAAA', mimeType: 'image/png' }] };
    expect(read(images, { model: 'i', request: call }, drawn)).toMatchObject({
      answer: { data: [{ b64_json: 'AAAA' }] },
      usage: { images: 1 },
    });
    expect(
      read(images, { model: 'i', request: call }, { predictions: [{ raiFilteredReason: 'no' }] }),
    ).toMatchObject({ failure: { outcome: 'content_policy', message: 'no' } });
    expect(read(images, { model: 'i', request: call }, {})).toMatchObject({ failure: { outcome: 'empty' } });
  });

  it('speaks WAV and bare samples alone, with a voice of its own for OpenAI’s names', () => {
    const request = { input: 'Hi', voice: 'alloy', response_format: 'wav' as const };
    expect(sent(speech?.buildRequests({ model: 't', request })).requests[0]).toMatchObject({
      path: '/models/t:generateContent',
      body: {
        generationConfig: {
          responseModalities: ['AUDIO'],
          speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Kore' } } },
        },
      },
    });
    expect(
      speech?.buildRequests({ model: 't', request: { ...request, response_format: 'mp3' } }),
    ).toMatchObject({
      kind: 'refused',
      failure: { param: 'response_format' },
    });
    const body = {
      candidates: [{ content: { parts: [{ inlineData: { data: 'AQIDBA==' } }] } }],
      usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 20 },
    };
    const wave = hear(speech, request, body);
    expect(wave.bytes.slice(0, 4)).toEqual([...Buffer.from('RIFF')]);
    expect(wave.bytes.slice(44)).toEqual([1, 2, 3, 4]);
    expect(wave.usage).toEqual({ 'input.text': 3, 'output.audio': 20 });
    expect(hear(speech, { ...request, response_format: 'pcm' as const }, body).bytes).toEqual([1, 2, 3, 4]);
    expect(hear(speech, request, { candidates: [] }).failure).toBe('empty');
  });
});

describe('MiniMax', () => {
  const speech = adapterOf('minimax')?.endpoints?.speech;
  const request = { input: 'Hi', voice: 'v', speed: 3 };

  it('speaks hexadecimal and counts characters', () => {
    expect(sent(speech?.buildRequests({ model: 'm', request })).requests[0]).toMatchObject({
      path: '/t2a_v2',
      body: { text: 'Hi', voice_setting: { voice_id: 'v', speed: 2 }, audio_setting: { format: 'mp3' } },
    });
    const body = {
      data: { audio: '0102ff' },
      extra_info: { usage_characters: 2 },
      base_resp: { status_code: 0, status_msg: 'success' },
    };
    expect(hear(speech, request, body)).toEqual({
      bytes: [1, 2, 255],
      failure: null,
      usage: { characters: 2 },
    });
  });

  it.each([
    ['rate_limited', { base_resp: { status_code: 1002, status_msg: 'slow down' } }],
    ['quota_exhausted', { base_resp: { status_code: 1008, status_msg: 'no balance' } }],
    ['malformed', { data: { audio: 'xyz' }, base_resp: { status_code: 0 } }],
    ['empty', { data: { audio: '' }, base_resp: { status_code: 0 } }],
  ])('fails as %s', (outcome, body) => {
    expect(hear(speech, request, body).failure).toBe(outcome);
  });
});

describe('every endpoint of every provider', () => {
  const adapters = allAdapters().flatMap(({ id, endpoints = {} }) =>
    Object.entries(endpoints).map(([name, adapter]): [string, EndpointAdapter<never, unknown>] => [
      `${id} ${name}`,
      adapter as EndpointAdapter<never, unknown>,
    ]),
  );

  it.each(adapters)('%s takes garbage for a failure and never crashes', (_name, adapter) => {
    const request = {
      input: 'x',
      query: 'q',
      documents: ['a'],
      voice: 'v',
      task: 'generate',
      request: { prompt: 'p', file: {} },
    } as never;
    for (const body of [
      '',
      'null',
      '[]',
      '{',
      '<html>',
      '"text"',
      '{"error":{"message":"no"}}',
      '{"data":{}}',
    ]) {
      expect(adapter.parseAnswers([body], { model: 'm', request }).kind).toBe('failed');
      const reader = adapter.readerFor?.({ model: 'm', request });
      if (!reader) continue;
      reader.push(Buffer.from(body));
      if (!reader.refuses.test('text/html')) continue;
      const { failure } = reader.end();
      expect(reader.refuses.test('application/json') || failure !== null).toBe(true);
    }
  });

  it.each(adapters)('%s tells a rate limit from a wrong key', (_name, adapter) => {
    const answer = { headers: { 'retry-after': '2' }, body: '{}', receivedMs: 0 };
    expect(adapter.classifyFailure({ ...answer, statusCode: 429 })).toMatchObject({
      outcome: 'rate_limited',
      retryAfterMs: 2_000,
    });
    expect(adapter.classifyFailure({ ...answer, statusCode: 401 }).outcome).toBe('credential_rejected');
  });
});

describe('waveHeader', () => {
  it('says how long the samples are', () => {
    const header = waveHeader(10, { samplesPerSecond: 24_000, bitsPerSample: 16, channels: 1 });
    expect([header.length, header.readUInt32LE(4), header.readUInt32LE(28), header.readUInt32LE(40)]).toEqual(
      [44, 46, 48_000, 10],
    );
  });
});
