/** Header and field names whose values never reach a log. */
const SECRET_FIELDS = [
  'authorization',
  'x-api-key',
  'api-key',
  'x-goog-api-key',
  'cookie',
  'set-cookie',
  'password',
  'token',
  'secret',
  'apiKey',
  'ciphertext',
  'credential',
];

/** Paths for pino's redaction: each name at the top and one level down, as a field or in `headers`. */
export const REDACTED_PATHS: string[] = SECRET_FIELDS.flatMap((name) => {
  const field = /^[a-z]+$/i.test(name) ? name : `["${name}"]`;
  const below = field.startsWith('[') ? field : `.${field}`;
  return [field, `*${below}`, `*.headers${below}`];
});

/**
 * What keys look like: ours (`sk-tl-…`, `pt-tl-…`), OpenAI's family (`sk-…`), Groq (`gsk_…`), xAI (`xai-…`), Google (`AIza…`),
 * AWS (`AKIA…`), Hugging Face (`hf_…`), Cerebras (`csk-…`), Fireworks (`fw_…`), and anything behind `Bearer`.
 */
const SECRET =
  /\b(?:(?:sk|pk|rk|pt|csk|xai|nvapi|key)-[A-Za-z0-9_-]{8,}|(?:gsk|hf|fw|sk|r8)_[A-Za-z0-9_-]{8,}|AIza[A-Za-z0-9_-]{20,}|A[KS]IA[A-Z0-9]{12,})|(?<=\bBearer\s+)\S+/gi;

/** Replaces whatever looks like a key by `[secret]`. For messages of providers on their way to a log or a client. */
export function scrubSecrets(text: string): string {
  return text.replace(SECRET, '[secret]');
}
