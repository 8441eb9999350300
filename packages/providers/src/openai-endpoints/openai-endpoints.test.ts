import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { adapterOf } from '../registry.js';
import type { EndpointAdapter, EndpointCall, AnswerPiece } from '../endpoints/types.js';
import { numbersOfVector, bytesOfVector } from '../endpoints/vectors.js';

const openai = adapterOf('openai')?.endpoints ?? {};
const FILE = { part: 0, fileName: 'a.mp3', contentType: 'audio/mpeg', bytes: 3 };

function sent<Request, Answer>(
  adapter: EndpointAdapter<Request, Answer> | undefined,
  model: string,
  request: Request,
) {
  const built = adapter?.buildRequests({ model, request });
  if (built?.kind !== 'built') throw new Error(`refused: ${built?.failure.message}`);
  const bodies = built.requests.map(({ body }) =>
    typeof body === 'string' ? (JSON.parse(body) as Record<string, unknown>) : body,
  );
  return { paths: built.requests.map(({ path }) => path), bodies, dropped: built.dropped };
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

describe('embeddings in OpenAI’s format', () => {
  const { embeddings } = openai;
  const vector = (index: number, numbers: number[]) => ({ object: 'embedding', index, embedding: numbers });

  it('sends what the client said, under the provider’s name, without what is ours', () => {
    const request = {
      model: 'x/y',
      input: [1, 2],
      dimensions: 8,
      novel: 1,
      provider: { order: ['a'] },
      user: null,
    };
    expect(sent(embeddings, 'm', request)).toEqual({
      paths: ['/embeddings'],
      bodies: [{ model: 'm', input: [1, 2], dimensions: 8, novel: 1 }],
      dropped: [],
    });
  });

  it('cuts a list into as many requests as the provider’s limit makes, and puts the answers together', () => {
    const cloudflare = adapterOf('cloudflare')?.endpoints?.embeddings;
    const input = Array.from({ length: 150 }, (_, at) => `text ${at}`);
    const { bodies } = sent(cloudflare, 'm', { input });
    expect(bodies.map((body) => 'input' in body && (body['input'] as string[]).length)).toEqual([100, 50]);
    const answer = (from: number, count: number) => ({
      data: Array.from({ length: count }, (_, at) => vector(at, [from + at])).toReversed(),
      usage: { prompt_tokens: count, total_tokens: count },
    });
    const parsed = read(cloudflare, { model: 'm', request: { input } }, answer(0, 100), answer(100, 50));
    expect(parsed).toMatchObject({ kind: 'answer', usage: { 'input.text': 150 } });
    if (parsed?.kind !== 'answer') throw new Error('failed');
    expect(parsed.answer.vectors.map(([number]) => number)).toEqual(input.map((_, at) => at));
  });

  it('refuses tokens where the provider takes none', () => {
    const built = adapterOf('mistral')?.endpoints?.embeddings?.buildRequests({
      model: 'm',
      request: { input: [[1, 2]] },
    });
    expect(built).toMatchObject({ kind: 'refused', failure: { outcome: 'invalid_request', param: 'input' } });
  });

  it.each([
    ['too few vectors', { data: [] }],
    ['the same index twice', { data: [vector(0, [1]), vector(0, [1])] }],
    ['an index that is not there', { data: [vector(0, [1]), vector(2, [1])] }],
    ['a vector that is none', { data: [vector(0, [1]), { index: 1, embedding: ['x'] }] }],
    ['no object', []],
  ])('takes %s for malformed', (_name, body) => {
    const parsed = read(embeddings, { model: 'm', request: { input: ['a', 'b'] } }, body);
    expect(parsed).toMatchObject({ kind: 'failed', failure: { outcome: 'malformed' } });
  });

  it('takes an error inside a 200 for what it says', () => {
    const parsed = read(
      embeddings,
      { model: 'm', request: { input: 'a' } },
      { error: { message: 'slow down', type: 'rate_limit_error' } },
    );
    expect(parsed).toMatchObject({ kind: 'failed', failure: { outcome: 'rate_limited' } });
  });

  it('renames and drops what a provider knows otherwise', () => {
    expect(
      sent(adapterOf('mistral')?.endpoints?.embeddings, 'm', {
        input: 'a',
        dimensions: 3,
        input_type: 'query',
      }),
    ).toMatchObject({ bodies: [{ model: 'm', input: 'a', output_dimension: 3 }], dropped: ['input_type'] });
    expect(
      sent(adapterOf('voyage')?.endpoints?.embeddings, 'm', { input: 'a', input_type: 'search_query' })
        .bodies,
    ).toEqual([{ model: 'm', input: 'a', input_type: 'query' }]);
    expect(sent(adapterOf('nvidia')?.endpoints?.embeddings, 'm', { input: 'a' }).bodies).toEqual([
      { model: 'm', input: 'a', input_type: 'passage' },
    ]);
  });
});

describe('vectors', () => {
  it('come back the same through base64 of 32-bit floats', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
        (numbers) => {
          expect(numbersOfVector(bytesOfVector(numbers))).toEqual([...new Float32Array(numbers)]);
        },
      ),
    );
  });
});

describe('rerank in Jina’s shape', () => {
  const rerank = adapterOf('jina')?.endpoints?.rerank;
  const request = {
    query: 'q',
    documents: ['a', { text: 'b' }, { title: 'c' }],
    top_n: 2,
    return_documents: true,
  };

  it('sends texts alone', () => {
    expect(sent(rerank, 'm', request)).toMatchObject({
      paths: ['/rerank'],
      bodies: [
        { model: 'm', query: 'q', documents: ['a', 'b', 'title: c'], top_n: 2, return_documents: false },
      ],
    });
  });

  it('sorts the rows best first and keeps as many as were asked for', () => {
    const results = [0.1, 0.9, 0.5].map((score, index) => ({ index, relevance_score: score }));
    expect(read(rerank, { model: 'm', request }, { results, usage: { total_tokens: 7 } })).toEqual({
      kind: 'answer',
      id: null,
      usage: { 'input.text': 7 },
      answer: {
        results: [
          { index: 1, score: 0.9 },
          { index: 2, score: 0.5 },
        ],
      },
    });
  });

  it.each([
    [[{ index: 3, relevance_score: 1 }]],
    [[{ index: 0, relevance_score: 1 }]],
    [
      [
        { index: 0, relevance_score: 1 },
        { index: 0, relevance_score: 1 },
      ],
    ],
    [[{ index: 0, relevance_score: 'x' }]],
    ['rows'],
  ])('takes rows that cannot be right for malformed (%#)', (results) => {
    expect(read(rerank, { model: 'm', request }, { results })).toMatchObject({
      failure: { outcome: 'malformed' },
    });
  });

  it('speaks Voyage’s names and DeepInfra’s own route', () => {
    const asked = { query: 'q', documents: ['a', 'b'], top_n: 1 };
    expect(sent(adapterOf('voyage')?.endpoints?.rerank, 'm', asked).bodies).toMatchObject([{ top_k: 1 }]);
    const deepinfra = adapterOf('deepinfra')?.endpoints?.rerank;
    expect(sent(deepinfra, 'Qwen/R', asked)).toMatchObject({
      paths: ['/inference/Qwen/R'],
      bodies: [{ queries: ['q', 'q'], documents: ['a', 'b'] }],
    });
    expect(
      read(deepinfra, { model: 'm', request: asked }, { scores: [0.2, 0.7], input_tokens: 9 }),
    ).toMatchObject({ answer: { results: [{ index: 1, score: 0.7 }] }, usage: { 'input.text': 9 } });
  });
});

describe('moderations', () => {
  it('pass as they came', () => {
    const results = [{ flagged: true, categories: { violence: true } }];
    const call = { model: 'm', request: { input: 'x' } };
    expect(read(openai.moderations, call, { id: 'modr-1', results })).toEqual({
      kind: 'answer',
      id: 'modr-1',
      answer: { results },
      usage: null,
    });
    expect(read(openai.moderations, call, { results: [{}] })).toMatchObject({
      failure: { outcome: 'malformed' },
    });
  });
});

describe('images in OpenAI’s format', () => {
  const image = { part: 0, fileName: 'a.png', contentType: 'image/png', bytes: 9 };
  const call = { model: 'gpt-image-1', request: { task: 'generate' as const, request: { prompt: 'cat' } } };

  it('go as JSON or as a form, as their route wants it', () => {
    expect(
      sent(openai.images, 'gpt-image-1', {
        task: 'generate',
        request: { prompt: 'cat', n: 2, response_format: 'url' },
      }),
    ).toEqual({
      paths: ['/images/generations'],
      bodies: [{ model: 'gpt-image-1', prompt: 'cat', n: 2 }],
      dropped: ['response_format'],
    });
    const edit = { prompt: 'cat', image: [image, { ...image, part: 1 }], mask: { ...image, part: 2 }, n: 1 };
    expect(sent(openai.images, 'm', { task: 'edit', request: edit })).toMatchObject({
      paths: ['/images/edits'],
      bodies: [
        [
          { name: 'model', value: 'm' },
          { name: 'prompt', value: 'cat' },
          { name: 'image[]', file: { part: 0 } },
          { name: 'image[]', file: { part: 1 } },
          { name: 'mask', file: { part: 2 } },
          { name: 'n', value: '1' },
        ],
      ],
    });
    expect(sent(openai.images, 'm', { task: 'vary', request: { image: [image] } })).toMatchObject({
      paths: ['/images/variations'],
      bodies: [[{ name: 'model' }, { name: 'image', file: { part: 0 } }]],
    });
  });

  it('count tokens by what they are made of, and pieces', () => {
    const usage = {
      input_tokens: 50,
      output_tokens: 4160,
      total_tokens: 4210,
      input_tokens_details: { text_tokens: 10, image_tokens: 40 },
    };
    const body = { created: 1, data: [{ b64_json: 'AAAA' }], quality: 'high', usage };
    expect(read(openai.images, call, body)).toMatchObject({
      answer: { data: [{ b64_json: 'AAAA' }], about: { quality: 'high' } },
      usage: { 'input.text': 10, 'input.image': 40, 'output.image': 4160, images: 1 },
    });
  });

  it.each([
    ['empty', { data: [] }],
    ['malformed', { data: [{}] }],
    ['malformed', {}],
  ])('are %s without a picture (%#)', (outcome, body) => {
    expect(read(openai.images, call, body)).toMatchObject({ failure: { outcome } });
  });
});

describe('speech in OpenAI’s format', () => {
  const { speech } = openai;
  const request = { input: 'Hi', voice: 'alloy' };
  const frames = [
    'event: speech.audio.delta\ndata: {"type":"speech.audio.delta","audio":"AQID"}\n\n',
    'data: {"type":"speech.audio.delta","audio":"BA=="}\n\n',
    'data: {"type":"speech.audio.done","usage":{"input_tokens":3,"output_tokens":20,"total_tokens":23}}\n\n',
  ].join('');

  function play(text: string, size: number) {
    const reader = speech?.readerFor?.({ model: 'gpt-4o-mini-tts', request });
    if (!reader) throw new Error('no reader');
    const bytes = Buffer.from(text);
    const pieces: AnswerPiece[] = [];
    for (let at = 0; at < bytes.length; at += size)
      pieces.push(...reader.push(bytes.subarray(at, at + size)));
    const end = reader.end();
    const sound = Buffer.concat(
      [...pieces, ...end.pieces].map((piece) => (piece.kind === 'bytes' ? piece.bytes : Buffer.alloc(0))),
    );
    return { sound: [...sound], failure: end.failure?.outcome ?? null, usage: reader.usage };
  }

  it('asks for events where they alone say the usage, and makes sound of them however they are cut', () => {
    expect(sent(speech, 'gpt-4o-mini-tts', { ...request, stream_format: 'audio' }).bodies).toEqual([
      { model: 'gpt-4o-mini-tts', input: 'Hi', voice: 'alloy', stream_format: 'sse' },
    ]);
    const whole = {
      sound: [1, 2, 3, 4],
      failure: null,
      usage: { 'input.text': 3, 'output.audio': 20 },
    };
    for (const size of [1, 2, 7, 1_000]) expect(play(frames, size)).toEqual(whole);
  });

  it('never takes a cut stream for a whole one', () => {
    const bytes = Buffer.byteLength(frames);
    for (let length = 0; length < bytes - 2; length += 1) {
      expect(play(frames.slice(0, length), 16).failure).toBe('truncated');
    }
  });

  it('passes the bytes of models that count characters', () => {
    expect(sent(speech, 'tts-1', { ...request, instructions: 'softly' })).toMatchObject({
      bodies: [{ model: 'tts-1', input: 'Hi', voice: 'alloy' }],
      dropped: ['instructions'],
    });
    const reader = speech?.readerFor?.({ model: 'tts-1', request });
    expect(reader?.push(Buffer.from([1, 2]))).toEqual([{ kind: 'bytes', bytes: Buffer.from([1, 2]) }]);
    expect(reader?.end()).toEqual({ pieces: [], failure: null });
    expect(reader?.usage).toEqual({ characters: 2 });
    expect(speech?.readerFor?.({ model: 'tts-1', request })?.end().failure?.outcome).toBe('empty');
    const lying = speech?.readerFor?.({ model: 'tts-1', request });
    expect(lying?.push(Buffer.from('{"error": {"message": "no"}}'))).toEqual([]);
    expect(lying?.failure?.outcome).toBe('malformed');
    const events = speech?.readerFor?.({ model: 'kokoro', request });
    expect(events?.instead?.('text/event-stream')).toBeNull();
    const instead = events?.instead?.('audio/mpeg');
    expect(instead?.push(Buffer.from('ID3'))).toHaveLength(1);
    expect([instead?.end().failure, instead?.usage]).toEqual([null, null]);
  });
});

describe('transcripts in OpenAI’s format', () => {
  const { transcriptions } = openai;

  it('asks Whisper for the long form, where the seconds stand', () => {
    const request = {
      file: FILE,
      response_format: 'srt' as const,
      timestamp_granularities: ['word' as const],
      stream: true,
    };
    expect(sent(transcriptions, 'whisper-1', { task: 'transcribe', request })).toEqual({
      paths: ['/audio/transcriptions'],
      bodies: [
        [
          { name: 'model', value: 'whisper-1' },
          { name: 'file', file: FILE },
          { name: 'response_format', value: 'verbose_json' },
          { name: 'timestamp_granularities[]', value: 'word' },
        ],
      ],
      dropped: [],
    });
    const call = { model: 'whisper-1', request: { task: 'transcribe' as const, request } };
    const body = {
      text: 'Hi',
      language: 'english',
      duration: 3.2,
      segments: [{ start: 0, end: 1.5, text: ' Hi' }],
    };
    expect(read(transcriptions, call, body)).toMatchObject({
      usage: { seconds_in: 4 },
      answer: {
        text: 'Hi',
        language: 'english',
        segments: [{ startSeconds: 0, endSeconds: 1.5, text: ' Hi' }],
      },
    });
  });

  it('reads tokens of sound and text', () => {
    const usage = {
      type: 'tokens',
      input_tokens: 14,
      input_token_details: { text_tokens: 4, audio_tokens: 10 },
      output_tokens: 6,
      total_tokens: 20,
    };
    const call = {
      model: 'gpt-4o-transcribe',
      request: { task: 'transcribe' as const, request: { file: FILE } },
    };
    expect(read(transcriptions, call, { text: 'Hi', usage })).toMatchObject({
      usage: { 'input.text': 4, 'input.audio': 10, 'output.text': 6 },
    });
  });

  it.each([
    ['response_format', 'transcribe' as const, { file: FILE, response_format: 'srt' as const }],
    ['response_format', 'transcribe' as const, { file: FILE, response_format: 'diarized_json' as const }],
    ['model', 'translate' as const, { file: FILE }],
  ])('refuses what a model cannot do: %s', (param, task, request) => {
    const built = transcriptions?.buildRequests({ model: 'gpt-4o-transcribe', request: { task, request } });
    expect(built).toMatchObject({ kind: 'refused', failure: { param } });
  });

  it('streams events and ends with the one that says the usage', () => {
    const reader = transcriptions?.readerFor?.({
      model: 'gpt-4o-transcribe',
      request: { task: 'transcribe', request: { file: FILE, stream: true } },
    });
    const pieces = reader?.push(
      Buffer.from(
        'data: {"type":"transcript.text.delta","delta":"Hi"}\n\ndata: {"type":"transcript.text.done","text":"Hi","usage":{"type":"tokens","input_tokens":2,"output_tokens":1}}\n\n',
      ),
    );
    expect(pieces).toEqual([
      { kind: 'event', event: { type: 'transcript.text.delta', delta: 'Hi' }, isLast: false },
      { kind: 'event', event: { type: 'transcript.text.done', text: 'Hi' }, isLast: true },
    ]);
    expect(reader?.usage).toEqual({ 'input.text': 2, 'output.text': 1 });
    expect(reader?.end().failure).toBeNull();
  });
});
