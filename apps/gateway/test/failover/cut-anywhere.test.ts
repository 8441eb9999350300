import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readStream } from '../streaming/support.js';
import { chat } from '../support/ask.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';

const SENTENCES = [
  'The harbour lay quiet under a pale sky while two boats waited for the tide to turn.',
  'A woman on the quay counted crates, wrote a number on each, and moved along without looking up.',
  'Somewhere behind the sheds a radio played; nobody had asked it to stop.',
  'By noon the wind had come round, the first boat was gone, and the gulls had found the crates.',
  'A boy with a rope over his shoulder asked whether the ferry still ran, and an old man shook his head.',
  'The woman closed her book, looked at the sky for the first time that day, and said that it would rain.',
];
const REFRAIN = [
  'On and on the road went, over the hill and down again, over the bridge and down again.',
  'On and on the rain fell, over the roofs and down the walls, and on and on he walked.',
  'He said that it was late. She said that it was early. He said that it was far.',
  'And on and on they went, over the hill and down the lane, over the bridge and home.',
];

/** Three hundred words, no two passages of 24 characters alike. */
const PLAIN = [
  ...SENTENCES,
  ...SENTENCES.map((sentence) => sentence.split(' ').toReversed().join(' ')),
  ...SENTENCES.map((sentence) => sentence.split('').toReversed().join('')),
].join(' ');
/** The same length, in which phrases come again. */
const REPEATED = [
  ...REFRAIN,
  ...REFRAIN.map((sentence) => sentence.split(' ').toReversed().join(' ')),
  ...REFRAIN.map((sentence) => sentence.replaceAll(' ', ', ')),
  'On and on, on and on, and then it was over and down again they came, over the hill.',
].join(' ');

const CLAUDE = 'anthropic/claude-sonnet-4.5';
const GPT = 'openai/gpt-4o-mini';

describe.each([
  ['plain', PLAIN],
  ['repetitive', REPEATED],
])('a %s text that breaks off at any of its tokens', (_, text) => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startGateway({ models: [GPT, CLAUDE] });
  });
  afterAll(() => gateway.stop());

  it.each([
    ['by instruction', GPT, ['openai', 'openrouter'], ''],
    ['by prefill, going on', CLAUDE, ['openrouter', 'anthropic'], ''],
    ['by prefill, saying the end again', CLAUDE, ['openrouter', 'anthropic'], 'overlap=32 '],
  ])('reads as if nothing had happened: %s', async (_way, model, order, how) => {
    const [first] = order;
    const body = chat(`[[sim ${how}text=${JSON.stringify(text)}]]`, {
      model,
      stream: true,
      provider: { order, only: order },
    });
    const whole = await readStream(gateway, { body });
    const tokens = whole.frames.filter(({ choices }) => choices?.[0]?.delta.content).length;
    expect(tokens).toBeGreaterThan(250);
    const wrong: number[] = [];
    for (let at = 1; at < tokens; at += 2) {
      gateway.simulator.control.reset();
      gateway.simulator.control.setFault({
        ...(first ? { provider: first } : {}),
        fault: 'cut',
        options: { at },
      });
      await gateway.closeBreakers();
      const stream = await readStream(gateway, { body });
      const isRescued = stream.frames.at(-1)?.trunkline?.rescued === true;
      if (stream.text !== text || !stream.isDone || !isRescued) wrong.push(at);
    }
    expect(wrong).toEqual([]);
  });
});
