import { describe, expect, it } from '@jest/globals';
import { printSrt, printVtt } from './subtitles.js';

const SEGMENTS = [
  { startSeconds: 0, endSeconds: 1.5, text: ' Hello' },
  { startSeconds: 3_599.9996, endSeconds: 3_661.25, text: 'there ' },
];

describe('subtitles', () => {
  it('are SubRip', () => {
    expect(printSrt(SEGMENTS)).toBe(
      '1\n00:00:00,000 --> 00:00:01,500\nHello\n\n2\n01:00:00,000 --> 01:01:01,250\nthere\n\n',
    );
    expect(printSrt([])).toBe('');
  });

  it('are WebVTT', () => {
    expect(printVtt(SEGMENTS.slice(0, 1))).toBe('WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nHello\n\n');
  });
});
