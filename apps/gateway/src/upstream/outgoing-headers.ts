/**
 * What an upstream gets: the adapter's own headers, the credential, and the attempt's id. Nothing that a client sent
 * passes, so that no cookie, key or tracing header of a tenant can reach a provider.
 */
export function outgoingHeaders(
  adapterHeaders: Readonly<Record<string, string>>,
  authHeaders: Readonly<Record<string, string>>,
  attemptId: string,
): Record<string, string> {
  return { ...adapterHeaders, ...authHeaders, 'x-client-request-id': attemptId };
}
