/** Which methods a path takes, to tell 405 from 404. */
const ROUTES: readonly { path: RegExp; methods: readonly string[] }[] = [
  { path: /^(?:\/api)?\/v1\/chat\/completions\/?$/, methods: ['POST'] },
  { path: /^(?:\/api)?\/v1\/messages(?:\/count_tokens)?\/?$/, methods: ['POST'] },
  { path: /^(?:\/api)?\/v1\/responses\/?$/, methods: ['POST'] },
  { path: /^(?:\/api)?\/v1\/responses\/input_tokens\/?$/, methods: ['POST'] },
  { path: /^(?:\/api)?\/v1\/responses\/[^/]+\/?$/, methods: ['GET', 'HEAD', 'DELETE'] },
  { path: /^(?:\/api)?\/v1\/responses\/[^/]+\/input_items\/?$/, methods: ['GET', 'HEAD'] },
  { path: /^(?:\/api)?\/v1\/responses\/[^/]+\/cancel\/?$/, methods: ['POST'] },
  {
    path: /^(?:\/api)?\/v1\/(?:completions|embeddings|rerank|moderations|images\/(?:generations|edits|variations)|audio\/(?:speech|transcriptions|translations))\/?$/,
    methods: ['POST'],
  },
  { path: /^(?:\/api)?\/v1\/(?:generation|credits|key|auth\/key)\/?$/, methods: ['GET', 'HEAD'] },
  { path: /^(?:\/api)?\/v1\/models(?:\/.*)?$/, methods: ['GET', 'HEAD'] },
  { path: /^\/(?:healthz|readyz)$/, methods: ['GET', 'HEAD'] },
];

/** Methods that the path of this URL takes; empty for a path that does not exist. */
export function allowedMethods(url: string): readonly string[] {
  const path = url.split('?', 1)[0] ?? '';
  return ROUTES.find((route) => route.path.test(path))?.methods ?? [];
}
