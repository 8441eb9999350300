import type { ChatBody } from './stream/stream-chat';

/** JSON as Python writes it. */
function python(value: unknown, indent: string): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) {
    return `[\n${value.map((one) => `${indent}    ${python(one, `${indent}    `)},\n`).join('')}${indent}]`;
  }
  if (typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([name, one]) => `${JSON.stringify(name)}: ${python(one, indent)}`)
      .join(', ')}}`;
  }
  return JSON.stringify(value);
}

const shellWord = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The request that the playground would send, as code; the key comes from the environment. */
export function codeOf(
  body: ChatBody,
  gatewayUrl: string,
): readonly { id: string; label: string; code: string }[] {
  const streamed = { ...body, stream: true };
  return [
    {
      id: 'curl',
      label: 'curl',
      code: `curl -N ${gatewayUrl}/v1/chat/completions \\
  -H "Authorization: Bearer $TRUNKLINE_API_KEY" \\
  -H 'Content-Type: application/json' \\
  -d ${shellWord(JSON.stringify(streamed, null, 2))}`,
    },
    {
      id: 'python',
      label: 'Python',
      code: `import os
from openai import OpenAI

client = OpenAI(base_url="${gatewayUrl}/v1", api_key=os.environ["TRUNKLINE_API_KEY"])
stream = client.chat.completions.create(
${Object.entries(streamed)
  .map(([name, value]) => `    ${name}=${python(value, '    ')},`)
  .join('\n')}
)
for chunk in stream:
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)`,
    },
    {
      id: 'typescript',
      label: 'TypeScript',
      code: `import OpenAI from 'openai';

const client = new OpenAI({ baseURL: '${gatewayUrl}/v1', apiKey: process.env.TRUNKLINE_API_KEY });
const stream = await client.chat.completions.create(${JSON.stringify(streamed, null, 2)});
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta?.content ?? '');`,
    },
  ];
}
