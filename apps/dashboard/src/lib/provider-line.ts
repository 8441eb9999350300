/**
 * A provider is a line with its own colour, the same in every chart, track and chip. The palette is Okabe and Ito's
 * (https://jfly.uni-koeln.de/color/), darkened or lightened to 3:1 on both papers, and is never the only sign: a name or a
 * short code stands beside each line.
 */
const PALETTE = [
  { light: '#0072b2', dark: '#56a8de' },
  { light: '#c2570c', dark: '#e98a4b' },
  { light: '#00845f', dark: '#3db892' },
  { light: '#a8508a', dark: '#d98cbd' },
  { light: '#8c6d00', dark: '#d6b43c' },
  { light: '#2d7fa6', dark: '#7cc4e8' },
  { light: '#6b5fb5', dark: '#a79cf0' },
  { light: '#3f3c36', dark: '#d6d0c2' },
] as const;

/** For all others, so that none of them has the colour of one that is met often. */
const FURTHER = [
  { light: '#1b4f8a', dark: '#8fb7f2' },
  { light: '#9c3b3b', dark: '#f0a0a0' },
  { light: '#4d7a1f', dark: '#a5cf6e' },
  { light: '#7a2f7a', dark: '#e3a6e3' },
  { light: '#5c4a1e', dark: '#c9ad74' },
  { light: '#00777a', dark: '#5fd0d3' },
  { light: '#4b4b9e', dark: '#b6b6ff' },
  { light: '#8a4b66', dark: '#f0b3c8' },
] as const;

/** The providers that are met most, so that neighbours in a chart differ. */
const FIXED: Readonly<Record<string, number>> = {
  google: 0,
  vertex: 0,
  together: 0,
  anthropic: 1,
  cerebras: 1,
  openai: 2,
  nebius: 2,
  groq: 3,
  deepinfra: 3,
  mistral: 4,
  fireworks: 4,
  xai: 5,
  'azure-openai': 5,
  novita: 5,
  deepseek: 6,
  siliconflow: 6,
  openrouter: 7,
  bedrock: 7,
};

function hashOf(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) hash = (hash * 31 + text.charCodeAt(index)) >>> 0;
  return hash;
}

/** Colours of a provider's line for both themes; stable by the provider's id. */
export function providerLine(providerId: string): { light: string; dark: string } {
  const fixed = FIXED[providerId];
  if (fixed !== undefined) return PALETTE[fixed] ?? PALETTE[0];
  return FURTHER[hashOf(providerId) % FURTHER.length] ?? FURTHER[0];
}

/** The line's colour as CSS; the theme chooses. */
export function lineColour(providerId: string): string {
  const { light, dark } = providerLine(providerId);
  return `light-dark(${light}, ${dark})`;
}

/** A colour for a group that is no provider, by its place in the legend. */
export function groupColour(place: number): string {
  const { light, dark } = PALETTE[place % PALETTE.length] ?? PALETTE[0];
  return `light-dark(${light}, ${dark})`;
}
