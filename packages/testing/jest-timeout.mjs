import { jest } from '@jest/globals';

// A machine may have much else to do; how long a test waits for what, it says itself.
jest.setTimeout(120_000);
