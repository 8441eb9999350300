import { describe, expect, it } from '@jest/globals';
import { readSettings } from './settings.js';

const fileOf = (env: Record<string, string>, words: string[] = []) =>
  readSettings('/checkout', env, words).configFile;

describe('the configuration file of npm start', () => {
  it('is the one behind --config, else the one that the environment names', () => {
    expect(fileOf({}, ['--config', '/etc/a.yaml'])).toBe('/etc/a.yaml');
    expect(fileOf({ TRUNKLINE_CONFIG: '/etc/b.yaml' }, ['--config=/etc/a.yaml'])).toBe('/etc/a.yaml');
    expect(fileOf({ TRUNKLINE_CONFIG: '/etc/b.yaml' })).toBe('/etc/b.yaml');
    expect(fileOf({})).toBeUndefined();
  });

  it('is looked for where the command was typed', () => {
    expect(fileOf({ INIT_CWD: '/home/me' }, ['--config', 'mine.yaml'])).toBe('/home/me/mine.yaml');
    expect(fileOf({ TRUNKLINE_CONFIG: 'mine.yaml' })).toBe('/checkout/mine.yaml');
  });

  it('is not guessed from words that mean something else', () => {
    expect(() => fileOf({}, ['--confg', 'x'])).toThrow('"--confg" means nothing to npm start');
    expect(() => fileOf({}, ['--config', 'x', 'y'])).toThrow('"y" means nothing to npm start');
    expect(() => fileOf({}, ['--config'])).toThrow('--config needs the path of a file');
  });
});
