/** How the bytes of a sound begin, in base64. MPEG audio begins with a tag or a frame's eleven set bits. */
const BEGINNINGS: readonly (readonly [RegExp, string])[] = [
  [/^UklGR/, 'wav'],
  [/^T2dnU/, 'ogg'],
  [/^ZkxhQ/, 'flac'],
  [/^(?:SUQz|\/\/[a-z\d+/])/i, 'mp3'],
];

/** Names of types and endings of files that OpenAI calls otherwise. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  mpeg: 'mp3',
  'x-wav': 'wav',
  wave: 'wav',
  mp4: 'm4a',
};

/**
 * The format of a sound that came without one: by the type of its data URL, the ending of its address, or its first bytes;
 * `mp3` where none of them tells.
 * @param sound base64, a data URL or an address
 */
export function soundFormatOf(sound: string): string {
  const named =
    /^data:audio\/([\w.+-]+)/i.exec(sound)?.[1] ??
    /^https?:[^?#]*\.([a-z\d]{2,4})(?:[?#]|$)/i.exec(sound)?.[1];
  if (named !== undefined) return OTHER_NAMES[named.toLowerCase()] ?? named.toLowerCase();
  const data = sound.replace(/^data:[^,]*,/i, '').slice(0, 8);
  return BEGINNINGS.find(([beginning]) => beginning.test(data))?.[1] ?? 'mp3';
}
