import { describe, expect, it } from '@jest/globals';
import { namingModel } from './naming-model.js';
import { adapterOf } from './registry.js';
import { framesOf } from './testing/play-stream.js';
import { readFixture } from './testing/provider-fixture.js';
import type { ChatAdapter } from './types.js';

function chatOf(id: string): ChatAdapter {
  const chat = adapterOf(id)?.chat;
  if (!chat) throw new Error(`no chat at ${id}`);
  return chat;
}

describe('an answer of a provider that does not name its model', () => {
  const { answer, stream } = readFixture('cohere');
  const chat = namingModel(chatOf('cohere'), 'command-a');

  it('has the model that was asked for, whole and streamed', () => {
    const parsed = chat.parseAnswer(JSON.stringify(answer.body));
    expect(parsed.kind === 'answer' && parsed.answer.model).toBe('command-a');
    const decoder = chat.decoder({ choices: 1 });
    const events = framesOf([Buffer.from(stream.frames.join(''))]).flatMap((frame) => [
      ...decoder.push(frame),
    ]);
    expect(events[0]).toMatchObject({ type: 'start', model: 'command-a' });
    expect(decoder.finished).toBe(true);
  });

  it('leaves the others as they are', () => {
    expect(namingModel(chatOf('google'), 'x')).toBe(chatOf('google'));
  });
});
