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

  it('keeps the id that the provider gave, and has ours where it gave none', () => {
    const nameless = namingModel(chatOf('bedrock'), 'amazon.nova-lite-v1:0', 'a1');
    const bodyOf = (id: string) => JSON.stringify(readFixture(id).answer.body);
    const [ours, theirs] = [nameless.parseAnswer(bodyOf('bedrock')), chat.parseAnswer(bodyOf('cohere'))];
    expect(ours.kind === 'answer' && ours.answer).toMatchObject({ id: 'a1', model: 'amazon.nova-lite-v1:0' });
    expect(theirs.kind === 'answer' && theirs.answer.id).toBe(answer.body['id']);
  });

  it('leaves the others as they are', () => {
    expect(namingModel(chatOf('google'), 'x')).toBe(chatOf('google'));
  });
});
