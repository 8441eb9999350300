import { jest } from '@jest/globals';

// Two cores may run two files, a Postgres and several Redis at once; how long a test waits for what, it says itself.
jest.setTimeout(120_000);
