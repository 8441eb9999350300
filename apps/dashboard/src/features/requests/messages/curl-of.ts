/** A text as one word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A call as a command for a shell; the key comes from the environment. */
export function curlOf(
  call: { requestedModel: string; stream: boolean },
  gatewayUrl: string,
  keptBody: string | null,
): string {
  const body =
    keptBody ??
    JSON.stringify({
      model: call.requestedModel,
      messages: [{ role: 'user', content: 'Say hello in one sentence.' }],
      ...(call.stream ? { stream: true } : {}),
    });
  return [
    `curl ${gatewayUrl}/v1/chat/completions`,
    '-H "Authorization: Bearer $TRUNKLINE_API_KEY"',
    "-H 'Content-Type: application/json'",
    `-d ${quoted(body)}`,
  ].join(' \\\n  ');
}
