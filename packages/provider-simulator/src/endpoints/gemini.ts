import { countTokens } from '../counting/count-tokens.js';
import { refuse } from '../protocols/native-problem.js';
import { Fields } from '../protocols/read-fields.js';
import { type Endpoint, json } from './endpoint.js';
import { PIXEL } from './images.js';
import { soundOf } from './speech.js';
import { dimensionsOf, vectorOf } from './vectors.js';

const MOST_AT_ONCE = 100;
const TOKENS_PER_CHARACTER = 2;

/** https://ai.google.dev/api/embeddings#method:-models.batchembedcontents */
export const geminiEmbeddings: Endpoint = ({ body, model }) => {
  const fields = Fields.of(body, []);
  fields.required('requests');
  const requests = (fields.list('requests') ?? []).map((each, at) => Fields.of(each, ['requests', at]));
  if (requests.length === 0 || requests.length > MOST_AT_ONCE)
    refuse(fields.at('requests'), 'range', `1..${MOST_AT_ONCE}`, requests.length);
  let tokens = 0;
  const embeddings = requests.map((request) => {
    if (request.requiredString('model') !== `models/${model}`)
      refuse(request.at('model'), 'unsupported', 'Model in the request must match the one in the path.');
    const text = textOf(request.requiredObject('content'));
    const dimensions = request.number('outputDimensionality', { least: 1, most: 3_072, whole: true });
    tokens += countTokens(text);
    return { values: vectorOf(model, text, dimensions ?? dimensionsOf(model)) };
  });
  return json({ embeddings }, tokens);
};

/** https://ai.google.dev/gemini-api/docs/imagen */
export const imagen: Endpoint = ({ body }) => {
  const fields = Fields.of(body, []);
  const [first] = fields.list('instances') ?? [];
  Fields.of(first, ['instances', 0]).requiredString('prompt');
  const parameters = fields.object('parameters');
  const count = parameters?.number('sampleCount', { least: 1, most: 4, whole: true }) ?? 4;
  parameters?.oneOf('aspectRatio', ['1:1', '3:4', '4:3', '9:16', '16:9']);
  const predictions = Array.from({ length: count }, () => ({
    mimeType: 'image/png',
    bytesBase64Encoded: PIXEL,
  }));
  return json({ predictions }, 0);
};

/** Whether a generation is of speech. https://ai.google.dev/gemini-api/docs/speech-generation */
export function asksForSpeech(body: unknown): boolean {
  const config = (body as { generationConfig?: { responseModalities?: unknown } } | null)?.generationConfig;
  return Array.isArray(config?.responseModalities) && config.responseModalities.includes('AUDIO');
}

export const geminiSpeech: Endpoint = ({ body, model }) => {
  const fields = Fields.of(body, []);
  const [first] = fields.list('contents') ?? [];
  const text = textOf(Fields.of(first, ['contents', 0]));
  const voice = fields
    .requiredObject('generationConfig')
    .requiredObject('speechConfig')
    .requiredObject('voiceConfig')
    .requiredObject('prebuiltVoiceConfig');
  voice.requiredString('voiceName');
  const prompt = countTokens(text);
  const made = text.length * TOKENS_PER_CHARACTER;
  const inlineData = { mimeType: 'audio/L16;codec=pcm;rate=24000', data: soundOf(text).toString('base64') };
  return json(
    {
      candidates: [{ content: { role: 'model', parts: [{ inlineData }] }, finishReason: 'STOP', index: 0 }],
      usageMetadata: {
        promptTokenCount: prompt,
        candidatesTokenCount: made,
        totalTokenCount: prompt + made,
        promptTokensDetails: [{ modality: 'TEXT', tokenCount: prompt }],
        candidatesTokensDetails: [{ modality: 'AUDIO', tokenCount: made }],
      },
      modelVersion: model,
    },
    prompt,
    made,
  );
};

function textOf(content: Fields): string {
  return (content.list('parts') ?? [])
    .map((part, at) => Fields.of(part, [...content.at('parts'), at]).string('text') ?? '')
    .join('');
}
