/**
 * The address of a location. Regions have hosts of their own; `global` has the one without a name, and the multi-regions
 * `us` and `eu` a third form.
 * https://docs.cloud.google.com/vertex-ai/generative-ai/docs/learn/locations
 */
export function vertexAddress(filled: string): string {
  const [, location, rest] = /^https:\/\/([a-z0-9-]+)-aiplatform\.googleapis\.com(\/.*)$/.exec(filled) ?? [];
  if (location === 'global') return `https://aiplatform.googleapis.com${rest}`;
  if (location === 'us' || location === 'eu')
    return `https://aiplatform.${location}.rep.googleapis.com${rest}`;
  return filled;
}

/**
 * The path of a publisher's model. An address that ends with a publisher (`…/v1/publishers/google`, which is express
 * mode's) has that one alone; any other is a project's location.
 * @param model the publisher's name for it
 */
export function modelPath(
  baseUrl: string | undefined,
  publisher: string,
  model: string,
  verb: string,
): string {
  const isPublishers =
    baseUrl !== undefined &&
    URL.canParse(baseUrl) &&
    /\/publishers\/[^/]+\/*$/.test(new URL(baseUrl).pathname);
  const parent = isPublishers ? '' : `/publishers/${publisher}`;
  return `${parent}/models/${encodeURIComponent(model)}:${verb}`;
}
