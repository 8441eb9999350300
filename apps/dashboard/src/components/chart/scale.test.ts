import { describe, expect, it } from '@jest/globals';
import { axisOf, labelPlaces } from './scale';

describe('the axis of a chart', () => {
  it('has round lines and room for the highest value', () => {
    expect(axisOf(1_760)).toEqual({ top: 2_000, ticks: [0, 500, 1_000, 1_500, 2_000] });
    expect(axisOf(0.053).top).toBeCloseTo(0.06);
    expect(axisOf(4).ticks).toEqual([0, 1, 2, 3, 4]);
  });

  it('is there without any value', () => {
    expect(axisOf(0)).toEqual({ top: 1, ticks: [0] });
    expect(axisOf(Number.NaN)).toEqual({ top: 1, ticks: [0] });
  });

  it('labels only as many intervals as have room', () => {
    expect(labelPlaces(24)).toEqual([0, 4, 8, 12, 16, 20]);
    expect(labelPlaces(3)).toEqual([0, 1, 2]);
    expect(labelPlaces(0)).toEqual([]);
  });
});
