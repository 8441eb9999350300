const MAX_LENGTH = 2000;

/** Keys, tokens and account ids as providers print them into their messages, also half masked ones. */
const SECRETS = [
  /\b(?:sk|pk|gsk|csk|xai|nvapi|hf|fw|tgp|key|api|r8|pplx|jina|AIza)[-_][\w*.-]{6,}/gi,
  /\bAIza[\w*-]{10,}/g,
  /\bBearer\s+\S+/gi,
  /\b(?:org|proj|user|acct|account|workspace|team)[-_][A-Za-z0-9]{6,}\b/g,
  /\beyJ[\w-]{8,}\.[\w.-]+/g,
  /\bya29\.[\w.-]+/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{8,}/g,
  /\barn:aws[\w-]*:\S+/g,
  /(?<=api[ _-]?key[^\n:]{0,20}:\s*['"]?)[\w*.-]{6,}/gi,
  // Not the counts and names of parameters that end on `tokens`: a secret has a digit and a letter, or is half masked.
  /(?<=\btoken\b[^\n:]{0,20}:\s*['"]?)(?=[\w.-]*[\d*])(?=[\d.-]*[a-z_*])[\w*.-]{6,}/gi,
  /\b[\w-]+(?:\.[\w-]+)*\.(?:internal|local|svc|lan|corp)\b(?::\d+)?/gi,
  // Addresses inside the provider's own network, and whatever stands before an `@` of an address.
  /\b[a-z][\w+.-]*:\/\/(?:[^\s/@'"]+@\S+|(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:.]+\]|[\w-]+|[\w.-]+\.(?:internal|local|svc|lan|corp|cluster\.local))(?:[:/][^\s'"]*)?(?=[\s'"),;]|$))/gi,
  /\b(?:10|127|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254)(?:\.\d{1,3}){2,3}(?::\d+)?\b/g,
];

/** A provider's message without secrets and account ids, on one line, at most 2,000 characters long. */
export function scrubMessage(message: string): string {
  let text = message.slice(0, MAX_LENGTH * 2);
  for (const secret of SECRETS) text = text.replace(secret, '[redacted]');
  text = text.replaceAll(/\s+/g, ' ').trim();
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
}
