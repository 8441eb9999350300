import type { Script, ScriptTurn } from '../content/scripts.js';
import { isFaultName } from '../faults/fault-catalog.js';
import { parseFaultOptions } from '../faults/fault-options.js';
import type { FaultSetting, ModeSetting } from './control.js';

/** A setting that cannot be taken; its message says why. */
export class BadSetting extends Error {}

/** Reads one fault; a provider given by the path wins. `times` is another name of `options.count`. */
export function parseFault(value: unknown, provider?: string): FaultSetting {
  const setting = members(value, 'the fault', ['provider', 'model', 'fault', 'times', 'options']);
  const fault = setting['fault'];
  if (typeof fault !== 'string' || !isFaultName(fault))
    throw new BadSetting('"fault" must be one of those that GET /faults lists');
  const times = setting['times'];
  const given = setting['options'] === undefined ? {} : members(setting['options'], 'options');
  try {
    const options = parseFaultOptions(fault, times === undefined ? given : { ...given, count: times });
    const of = provider ?? text(setting, 'provider');
    const model = text(setting, 'model');
    return {
      fault,
      options,
      ...(of === undefined ? {} : { provider: of }),
      ...(model === undefined ? {} : { model }),
    };
  } catch (error) {
    throw new BadSetting(error instanceof Error ? error.message : 'bad options');
  }
}

export function parseFaults(value: unknown): FaultSetting[] {
  if (!Array.isArray(value)) throw new BadSetting('the body must be a list of faults');
  return value.map((item) => parseFault(item));
}

export function parseScripts(value: unknown): Script[] {
  if (!Array.isArray(value)) throw new BadSetting('the body must be a list of scripts');
  return value.map((item): Script => {
    const script = members(item, 'a script', ['provider', 'model', 'when', 'turns']);
    if (!Array.isArray(script['turns'])) throw new BadSetting('"turns" must be a list');
    const scope = ['provider', 'model', 'when'].flatMap((key) => {
      const value = text(script, key);
      return value === undefined ? [] : [[key, value]];
    });
    return {
      ...(Object.fromEntries(scope) as Pick<Script, 'provider' | 'model' | 'when'>),
      turns: script['turns'].map(parseTurn),
    };
  });
}

function parseTurn(value: unknown): ScriptTurn {
  const turn = members(value, 'a turn', ['text', 'thinking', 'toolCalls']);
  const calls = turn['toolCalls'] ?? [];
  if (!Array.isArray(calls)) throw new BadSetting('"toolCalls" must be a list');
  const said = text(turn, 'text');
  const thinking = text(turn, 'thinking');
  return {
    ...(said === undefined ? {} : { text: said }),
    ...(thinking === undefined ? {} : { thinking }),
    toolCalls: calls.map((item) => {
      const call = members(item, 'a tool call', ['name', 'arguments']);
      const name = text(call, 'name');
      if (name === undefined) throw new BadSetting('a tool call needs a "name"');
      return { name, arguments: call['arguments'] ?? {} };
    }),
  };
}

const MODE_LIMITS = { bytes: 64 * 1024 * 1024, streamEvents: 1_000_000, eventsPerSecond: 100_000 } as const;
const PACE_LIMIT_MS = 3_600_000;

export function parseMode(value: unknown): ModeSetting {
  const mode = members(value, 'the mode', ['canned', 'pace', ...Object.keys(MODE_LIMITS)]);
  const canned = mode['canned'];
  if (canned !== undefined && typeof canned !== 'boolean') throw new BadSetting('"canned" must be a boolean');
  for (const [name, most] of Object.entries(MODE_LIMITS)) number(mode, name, most);
  const pace = mode['pace'];
  if (pace !== undefined && pace !== null) {
    const names = ['firstTokenMs', 'gapMs', 'plainMs'];
    const parts = members(pace, 'pace', names);
    for (const name of names) number(parts, name, PACE_LIMIT_MS);
  }
  return mode;
}

export function parseRecording(value: unknown): boolean {
  const { bodies } = members(value, 'the recording', ['bodies']);
  if (typeof bodies !== 'boolean') throw new BadSetting('"bodies" must be a boolean');
  return bodies;
}

export function queryNumber(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  if (!/^\d{1,15}$/u.test(value)) throw new BadSetting(`"${name}" must be a whole number`);
  return Number(value);
}

function members(value: unknown, what: string, known?: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BadSetting(`${what} must be an object`);
  const unknown = Object.keys(value).find((key) => known !== undefined && !known.includes(key));
  if (unknown !== undefined)
    throw new BadSetting(`"${unknown}" is unknown; ${what} takes ${known?.join(', ') ?? ''}`);
  return value as Record<string, unknown>;
}

function text(setting: Record<string, unknown>, key: string): string | undefined {
  const value = setting[key];
  if (value === undefined || typeof value === 'string') return value;
  throw new BadSetting(`"${key}" must be a string`);
}

function number(setting: Record<string, unknown>, key: string, most: number): void {
  const value = setting[key];
  if (value === undefined || (typeof value === 'number' && value >= 0 && value <= most)) return;
  throw new BadSetting(`"${key}" must be a number from 0 to ${most}`);
}
