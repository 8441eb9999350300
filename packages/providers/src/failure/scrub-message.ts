const MAX_LENGTH = 2000;

/** Keys, tokens and account ids as providers print them into their messages, also half masked ones. */
const SECRETS = [
  /\b(?:sk|pk|gsk|csk|xai|nvapi|hf|fw|tgp|key|api|r8|pplx|jina|AIza)[-_][\w*.-]{6,}/gi,
  /\bAIza[\w*-]{10,}/g,
  /\bBearer\s+\S+/gi,
  /\b(?:org|proj|user|acct|account|workspace|team)[-_][A-Za-z0-9]{6,}\b/g,
  /(?<=(?:api[ _-]?key|token)[^\n:]{0,20}:\s*['"]?)[\w*.-]{6,}/gi,
];

/** A provider's message without secrets and account ids, on one line, at most 2,000 characters long. */
export function scrubMessage(message: string): string {
  let text = message.slice(0, MAX_LENGTH * 2);
  for (const secret of SECRETS) text = text.replace(secret, '[redacted]');
  text = text.replaceAll(/\s+/g, ' ').trim();
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
}
