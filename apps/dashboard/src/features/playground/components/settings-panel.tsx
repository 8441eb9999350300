'use client';

import { Plus, X } from 'lucide-react';
import { ModelPicker } from '@/components/data/model-picker';
import { Button } from '@/components/ui/button';
import { Field, Input, Textarea } from '@/components/ui/field';
import { ToggleSwitch } from '@/components/ui/toggle-switch';
import type { Schemas } from '@/lib/api';
import { MOST_MODELS, type Settings } from '../params';

const numberOf = (text: string) => (text.trim() === '' || Number.isNaN(Number(text)) ? null : Number(text));

function ModelList({
  settings,
  models,
  onChange,
}: {
  settings: Settings;
  models: readonly Schemas['CatalogModel'][];
  onChange: (model: string[]) => void;
}) {
  const nameOf = (id: string) => models.find((model) => model.id === id)?.name ?? id;
  return (
    <div className="flex flex-col gap-1.5">
      <p className="text-sm font-medium">{settings.model.length > 1 ? 'Models, side by side' : 'Model'}</p>
      {settings.model.map((id, place) => (
        <div key={id} className="flex gap-1">
          <ModelPicker
            models={models}
            onChoose={(next) =>
              onChange([...new Set(settings.model.map((one, at) => (at === place ? next : one)))])
            }
          >
            <Button
              className="min-w-0 flex-1 justify-start"
              title={id}
              aria-label={`Model: ${nameOf(id)}. Choose another`}
            >
              <span className="truncate">{nameOf(id)}</span>
            </Button>
          </ModelPicker>
          {settings.model.length > 1 ? (
            <Button
              variant="quiet"
              size="icon"
              className="size-9"
              aria-label={`Leave ${nameOf(id)} out`}
              onClick={() => onChange(settings.model.filter((one) => one !== id))}
            >
              <X aria-hidden />
            </Button>
          ) : null}
        </div>
      ))}
      {settings.model.length < MOST_MODELS ? (
        <ModelPicker models={models} onChoose={(next) => onChange([...new Set([...settings.model, next])])}>
          <Button size="sm" variant="quiet" className="self-start">
            <Plus aria-hidden />
            Compare with another
          </Button>
        </ModelPicker>
      ) : null}
    </div>
  );
}

/** Models, system prompt and parameters. */
export function SettingsPanel({
  settings,
  models,
  onChange,
}: {
  settings: Settings;
  models: readonly Schemas['CatalogModel'][];
  onChange: (change: Partial<Settings>) => void;
}) {
  return (
    <div className="flex flex-col gap-4">
      <ModelList settings={settings} models={models} onChange={(model) => onChange({ model })} />
      <Field id="system" label="System prompt">
        <Textarea
          id="system"
          defaultValue={settings.system}
          onChange={(event) => onChange({ system: event.target.value })}
          placeholder="How it should answer"
          rows={3}
        />
      </Field>
      <div className="grid grid-cols-3 gap-3">
        <Field id="temperature" label="Temperature">
          <Input
            id="temperature"
            type="number"
            min={0}
            max={2}
            step={0.1}
            placeholder="auto"
            defaultValue={settings.temperature ?? ''}
            onChange={(event) => onChange({ temperature: numberOf(event.target.value) })}
          />
        </Field>
        <Field id="top-p" label="Top p">
          <Input
            id="top-p"
            type="number"
            min={0}
            max={1}
            step={0.05}
            placeholder="auto"
            defaultValue={settings.topP ?? ''}
            onChange={(event) => onChange({ topP: numberOf(event.target.value) })}
          />
        </Field>
        <Field id="max-tokens" label="Max tokens">
          <Input
            id="max-tokens"
            type="number"
            min={1}
            step={1}
            placeholder="auto"
            defaultValue={settings.maxTokens ?? ''}
            onChange={(event) => onChange({ maxTokens: numberOf(event.target.value) })}
          />
        </Field>
      </div>
      <div className="flex items-center justify-between gap-3">
        <label htmlFor="json" className="text-sm font-medium">
          Answer in JSON
        </label>
        <ToggleSwitch id="json" checked={settings.json} onCheckedChange={(json) => onChange({ json })} />
      </div>
    </div>
  );
}
