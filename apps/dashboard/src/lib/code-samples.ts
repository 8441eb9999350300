/** What a sample of code is made of. */
export interface SampleFacts {
  /** Origin of the gateway. */
  gatewayUrl: string;
  apiKey: string;
  model: string;
}

export interface CodeSample {
  id: string;
  label: string;
  /** Where the code goes, when it is no program. */
  note?: string;
  code: string;
}

const PROMPT = 'Say hello in one sentence.';

const curl = ({ gatewayUrl, apiKey, model }: SampleFacts) => `curl ${gatewayUrl}/v1/chat/completions \\
  -H "Authorization: Bearer ${apiKey}" \\
  -H "Content-Type: application/json" \\
  -d '{
    "model": "${model}",
    "messages": [{"role": "user", "content": "${PROMPT}"}]
  }'`;

const python = ({ gatewayUrl, apiKey, model }: SampleFacts) => `# pip install openai
from openai import OpenAI

client = OpenAI(base_url="${gatewayUrl}/v1", api_key="${apiKey}")
answer = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "${PROMPT}"}],
)
print(answer.choices[0].message.content)`;

const typescript = ({ gatewayUrl, apiKey, model }: SampleFacts) => `// npm install openai
import OpenAI from 'openai';

const client = new OpenAI({ baseURL: '${gatewayUrl}/v1', apiKey: '${apiKey}' });
const answer = await client.chat.completions.create({
  model: '${model}',
  messages: [{ role: 'user', content: '${PROMPT}' }],
});
console.log(answer.choices[0].message.content);`;

/** Agents take base URL, key and model from the environment or a file. */
const qwen = ({ gatewayUrl, apiKey, model }: SampleFacts) => `export OPENAI_BASE_URL=${gatewayUrl}/v1
export OPENAI_API_KEY=${apiKey}
export OPENAI_MODEL=${model}
qwen`;

const claude = ({ gatewayUrl, apiKey, model }: SampleFacts) => `export ANTHROPIC_BASE_URL=${gatewayUrl}
export ANTHROPIC_AUTH_TOKEN=${apiKey}
export ANTHROPIC_MODEL=${model}
claude`;

/** Codex reads the key from a variable that the file names. */
const codex = ({
  gatewayUrl,
  apiKey,
  model,
}: SampleFacts) => `# in a shell: export TRUNKLINE_API_KEY=${apiKey}
model = "${model}"
model_provider = "trunkline"

[model_providers.trunkline]
name = "Trunkline"
base_url = "${gatewayUrl}/v1"
env_key = "TRUNKLINE_API_KEY"
wire_api = "responses"`;

const opencode = ({ gatewayUrl, apiKey, model }: SampleFacts) =>
  JSON.stringify(
    {
      $schema: 'https://opencode.ai/config.json',
      provider: {
        trunkline: {
          npm: '@ai-sdk/openai-compatible',
          options: { baseURL: `${gatewayUrl}/v1`, apiKey },
          models: { [model]: {} },
        },
      },
      model: `trunkline/${model}`,
    },
    null,
    2,
  );

/** The first call, as people make it. */
export function codeSamples(facts: SampleFacts): readonly CodeSample[] {
  return [
    { id: 'curl', label: 'curl', code: curl(facts) },
    { id: 'python', label: 'Python', code: python(facts) },
    { id: 'typescript', label: 'TypeScript', code: typescript(facts) },
    { id: 'claude', label: 'Claude Code', note: 'In a shell', code: claude(facts) },
    { id: 'codex', label: 'Codex', note: '~/.codex/config.toml', code: codex(facts) },
    { id: 'opencode', label: 'OpenCode', note: 'opencode.json in your project', code: opencode(facts) },
    { id: 'qwen', label: 'Qwen Code', note: 'In a shell', code: qwen(facts) },
  ];
}
