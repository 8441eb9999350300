import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { countTokens, type RunningSimulator, startSimulator } from '../src/index.js';
import { EXAMPLE_OFFERS, QUICK } from './example-offers.js';

interface Part {
  text?: string;
  thought?: boolean;
  thoughtSignature?: string;
  functionCall?: { id: string; name: string; args: Record<string, unknown> };
}

interface Generated {
  candidates: { content: { parts: Part[] }; finishReason?: string; index: number }[];
  usageMetadata: Record<string, number>;
  error?: { code: number; message: string; status: string; details?: { reason?: string }[] };
}

const FLASH = 'gemini-2.5-flash';
const PRO = 'gemini-3.1-pro-preview';
let simulator: RunningSimulator;

const user = (text: string) => ({ role: 'user', parts: [{ text }] });
const weather = {
  functionDeclarations: [
    {
      name: 'get_weather',
      parameters: { type: 'OBJECT', properties: { city: { type: 'STRING' } }, required: ['city'] },
    },
    { name: 'now' },
  ],
};

async function send(path: string, body: unknown, key = 'sim-google-1'): Promise<Response> {
  return fetch(`${simulator.url}/p/google/v1beta/models/${path}`, {
    method: 'POST',
    headers: { 'x-goog-api-key': key, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function generate(model: string, body: unknown): Promise<Generated> {
  return (await (await send(`${model}:generateContent`, body)).json()) as Generated;
}

async function stream(model: string, body: unknown): Promise<Generated[]> {
  const text = await (await send(`${model}:streamGenerateContent?alt=sse`, body)).text();
  return text
    .split('\r\n\r\n')
    .filter((frame) => frame.startsWith('data: '))
    .map((frame) => JSON.parse(frame.slice(6)) as Generated);
}

const partsOf = (frames: readonly Generated[]): Part[] =>
  frames.flatMap(({ candidates }) => candidates[0]?.content.parts ?? []);

beforeAll(async () => {
  simulator = await startSimulator({ offers: EXAMPLE_OFFERS, pace: QUICK });
});
afterAll(() => simulator.close());

describe('generateContent', () => {
  it('answers with exact counts', async () => {
    const answer = await generate(FLASH, {
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents: [user('What is a canal?')],
      generationConfig: { thinkingConfig: { thinkingBudget: 0 } },
    });
    const text = partsOf([answer])[0]?.text ?? '';
    expect(text).toContain('canal');
    expect(answer.candidates[0]?.finishReason).toBe('STOP');
    expect(answer.usageMetadata['candidatesTokenCount']).toBe(countTokens(text));
    expect(answer.usageMetadata['promptTokenCount']).toBe(
      countTokens('Be brief.') + countTokens('What is a canal?') + 2 * 4 + 3,
    );
    expect(answer.usageMetadata).not.toHaveProperty('thoughtsTokenCount');
  });

  it('counts the tokens of a whole request that names its model again', async () => {
    const request = { systemInstruction: { parts: [{ text: 'Be brief.' }] }, contents: [user('A canal?')] };
    const count = async (body: unknown) => {
      const answer = await send(`${FLASH}:countTokens`, body);
      return [answer.status, ((await answer.json()) as { totalTokens?: number }).totalTokens];
    };
    const total = countTokens('Be brief.') + countTokens('A canal?') + 2 * 4 + 3;
    const named = { generateContentRequest: { model: `models/${FLASH}`, ...request } };
    expect(await count(named)).toEqual([200, total]);
    expect(await count({ generateContentRequest: request })).toEqual([400, undefined]);
    expect(await count(request)).toEqual([400, undefined]);
  });

  it('shows thoughts where they are asked for and counts them anyway', async () => {
    const body = { contents: [user('[[sim reasoning=5 text="Four."]]')] };
    const hidden = await generate(FLASH, body);
    expect(partsOf([hidden])).toMatchObject([{ text: 'Four.', thoughtSignature: expect.any(String) }]);
    const shown = await generate(FLASH, {
      ...body,
      generationConfig: { thinkingConfig: { includeThoughts: true } },
    });
    expect(partsOf([shown])[0]).toMatchObject({ thought: true });
    for (const { usageMetadata } of [hidden, shown]) expect(usageMetadata['thoughtsTokenCount']).toBe(5);
  });

  it('streams the same answer, calls whole and the counts last', async () => {
    const body = {
      contents: [
        user('[[sim reasoning=5 text="Let me look." tool=get_weather args={"city":"Oslo"} tool=now]]'),
      ],
      tools: [weather],
      generationConfig: { thinkingConfig: { includeThoughts: true } },
    };
    const [plain, frames] = [await generate(PRO, body), await stream(PRO, body)];
    const parts = partsOf(frames);
    expect(parts.filter(({ thought }) => thought).length).toBeGreaterThan(1);
    const calls = parts.filter(({ functionCall }) => functionCall);
    expect(calls.map(({ functionCall }) => functionCall?.name)).toEqual(['get_weather', 'now']);
    expect(calls[0]).toMatchObject({
      functionCall: { args: { city: 'Oslo' } },
      thoughtSignature: expect.any(String),
    });
    expect(calls[1]).not.toHaveProperty('thoughtSignature');
    expect(frames.filter(({ candidates }) => candidates[0]?.finishReason)).toEqual([frames.at(-1)]);
    expect(frames.at(-1)?.usageMetadata).toEqual(plain.usageMetadata);
  });

  it('takes its own signature back with the results, and no one else’s', async () => {
    const question = user('Please use get_weather for Oslo');
    const first = await generate(PRO, { contents: [question], tools: [weather] });
    const call = partsOf([first]).find(({ functionCall }) => functionCall);
    const turn = (part: Part | undefined) => ({
      tools: [weather],
      contents: [
        question,
        { role: 'model', parts: [part] },
        {
          role: 'user',
          parts: [{ functionResponse: { name: 'get_weather', response: { result: 'Rain' } } }],
        },
      ],
    });
    const answer = await generate(PRO, turn(call));
    expect(partsOf([answer])[0]?.text).toContain('Rain');
    const forged = await generate(PRO, turn({ ...call, thoughtSignature: 'Zm9yZWlnbg==' }));
    expect(forged.error?.message).toBe('Thought signature is not valid.');
    const { thoughtSignature: _signature, ...unsigned } = call ?? {};
    const missing = await generate(PRO, turn(unsigned));
    expect(missing.error?.message).toContain('missing a thought_signature');
    const standIn = await generate(
      PRO,
      turn({ ...unsigned, thoughtSignature: 'skip_thought_signature_validator' }),
    );
    expect(standIn.error).toBeUndefined();
  });

  it('answers with JSON after a schema, and reads a long prefix from its cache', async () => {
    const body = {
      contents: [user(`${'Long rules. '.repeat(900)} name: Ada`)],
      generationConfig: {
        responseMimeType: 'application/json',
        responseSchema: { type: 'OBJECT', properties: { name: { type: 'STRING' } }, required: ['name'] },
      },
    };
    const first = await generate(FLASH, body);
    expect(JSON.parse(partsOf([first])[0]?.text ?? '')).toHaveProperty('name');
    expect(first.usageMetadata).not.toHaveProperty('cachedContentTokenCount');
    const second = await generate(FLASH, body);
    expect(second.usageMetadata['cachedContentTokenCount']).toBeGreaterThanOrEqual(1_024);
  });

  it('ends by length, by a stop sequence, by safety, and gives several candidates', async () => {
    const ask = (text: string, generationConfig: object) =>
      generate(FLASH, { contents: [user(text)], generationConfig });
    const text = '[[sim reasoning=0 text="one two three four"]]';
    expect((await ask(text, { maxOutputTokens: 2 })).candidates[0]?.finishReason).toBe('MAX_TOKENS');
    expect(partsOf([await ask(text, { stopSequences: [' three'] })])[0]?.text).toBe('one two');
    const blocked = await ask('[[sim finish=content_filter]]', {});
    expect(blocked.candidates[0]?.finishReason).toBe('SAFETY');
    expect((await ask(text, { candidateCount: 2 })).candidates.map(({ index }) => index)).toEqual([0, 1]);
  });
});

describe('refusals of generateContent', () => {
  it('has native statuses for keys, models and verbs', async () => {
    const body = { contents: [user('hi')] };
    const wrongKey = await send(`${FLASH}:generateContent`, body, 'sim-openai-1');
    expect([wrongKey.status, await wrongKey.json()]).toMatchObject([
      400,
      { error: { status: 'INVALID_ARGUMENT', details: [{ reason: 'API_KEY_INVALID' }] } },
    ]);
    for (const path of ['gemini-9:generateContent', `${FLASH}:sing`, `${FLASH}:streamGenerateContent`])
      expect([path, (await send(path, body)).status]).toEqual([path, 404]);
  });

  it.each([
    [{ contents: [] }, 'contents is not specified'],
    [{ messages: [] }, 'Unknown name "messages"'],
    [{ contents: [{ role: 'assistant', parts: [{ text: 'x' }] }] }, 'valid role'],
    [{ contents: [{ parts: [{ text: 'x', image: 1 }] }] }, 'Unknown name "image"'],
    [
      { contents: [{ parts: [{ inlineData: { mimeType: 'image/png', data: '!' } }] }] },
      'Base64 decoding failed',
    ],
    [{ contents: [user('x')], generationConfig: { temperature: 3 } }, 'generationConfig.temperature'],
    [
      { contents: [user('x')], generationConfig: { maxOutputTokens: 70_000 } },
      'generationConfig.maxOutputTokens',
    ],
    [
      { contents: [user('x')], toolConfig: { functionCallingConfig: { mode: 'ANY' } } },
      'function_declarations',
    ],
    [
      { contents: [user('x')], tools: [weather], generationConfig: { responseMimeType: 'application/json' } },
      'response mime type',
    ],
    [
      {
        contents: [user('x')],
        tools: [{ functionDeclarations: [{ name: 'f', parameters: { $ref: '#' } }] }],
      },
      'Unknown name "$ref"',
    ],
    [
      { contents: [user('x'), { role: 'user', parts: [{ functionResponse: { name: 'f', response: {} } }] }] },
      'immediately after a function call turn',
    ],
    [
      { contents: [user('x')], generationConfig: { thinkingConfig: { thinkingLevel: 'low' } } },
      'Thinking level',
    ],
  ])('says what is wrong with %j', async (body, message) => {
    const { error } = await generate(FLASH, body);
    expect(error).toMatchObject({ code: 400, message: expect.stringContaining(message) });
  });

  it('never lets a pro model go without thinking', async () => {
    for (const thinkingConfig of [{ thinkingBudget: 0 }, { thinkingLevel: 'MINIMAL' }]) {
      const { error } = await generate(PRO, { contents: [user('x')], generationConfig: { thinkingConfig } });
      expect(error?.code).toBe(400);
    }
  });

  it('is played by the same faults', async () => {
    simulator.control.setFault({ provider: 'google', fault: 'missing_terminal', options: { count: 1 } });
    const cut = await stream(FLASH, { contents: [user('[[sim text="one two"]]')] });
    expect(cut.some(({ candidates }) => candidates[0]?.finishReason)).toBe(false);
    simulator.control.setFault({
      provider: 'google',
      fault: 'error_event_after_content',
      options: { count: 1, at: 2 },
    });
    const broken = await stream(FLASH, { contents: [user('[[sim tokens=20]]')] });
    expect(broken.at(-1)?.error).toMatchObject({ code: 500, status: 'INTERNAL' });
    simulator.control.clearFaults();
  });
});
