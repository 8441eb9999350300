import { jest } from '@jest/globals';

// Two cores may run two files, a Postgres and several Redis at once.
jest.setTimeout(60_000);
