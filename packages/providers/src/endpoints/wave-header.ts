export interface WaveFormat {
  readonly samplesPerSecond: number;
  readonly bitsPerSample: number;
  readonly channels: number;
}

/** The 44 bytes before linear samples that make a WAV file of them. http://soundfile.sapp.org/doc/WaveFormat/ */
export function waveHeader(
  dataBytes: number,
  { samplesPerSecond, bitsPerSample, channels }: WaveFormat,
): Buffer {
  const header = Buffer.alloc(44);
  const bytesPerFrame = (channels * bitsPerSample) / 8;
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(samplesPerSecond, 24);
  header.writeUInt32LE(samplesPerSecond * bytesPerFrame, 28);
  header.writeUInt16LE(bytesPerFrame, 32);
  header.writeUInt16LE(bitsPerSample, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}
