import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseShellEnv, printShellEnv } from './shell-env.js';

describe('dev.env', () => {
  it('reads back whatever it printed', () => {
    const value = fc.string({ unit: 'grapheme' }).filter((text) => !/[\0\r\n]/.test(text));
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[A-Z][A-Z_0-9]{0,8}$/), value), (variables) => {
        expect(parseShellEnv(printShellEnv(variables))).toEqual({ ...variables });
      }),
    );
  });

  it('means to a shell what it means to us', () => {
    const tricky = `a 'b' "c" $HOME \`id\` \\ !`;
    const printed = execFileSync('sh', ['-c', `${printShellEnv({ TRICKY: tricky })}printf %s "$TRICKY"`], {
      encoding: 'utf8',
    });
    expect(printed).toBe(tricky);
  });

  it('understands what someone wrote by hand', () => {
    expect(parseShellEnv('# note\nexport A=1\nB="two words"\nC=\n')).toEqual({
      A: '1',
      B: 'two words',
      C: '',
    });
  });
});
